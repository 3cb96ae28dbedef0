/// How the engine iterates over the erased stream that a step gives.
public struct StreamType: Sendable {
  /// Hands every element of an erased `ItemStream` to a closure until that says stop; false for another type.
  let forEach:
    @Sendable (any Sendable, (any Sendable) async throws -> Bool) async throws -> Bool

  /// The type of a stream of these elements.
  public init<Element: Codable & Sendable>(_ element: Element.Type) {
    forEach = { stream, body in
      guard let stream = stream as? ItemStream<Element> else { return false }
      for try await element in stream {
        guard try await body(element) else { break }
      }
      return true
    }
  }
}
