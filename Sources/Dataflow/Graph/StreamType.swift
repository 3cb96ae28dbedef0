/// How the engine iterates over the erased stream that a step gives.
public struct StreamType: Sendable {
  /// The type of the elements.
  let element: ValueType
  /// Asks an erased `ItemStream` for one element after the other; nil for a value of another type.
  let next: @Sendable (any Sendable) -> (() async throws -> (any Sendable)?)?

  /// The type of a stream of these elements.
  public init<Element: Codable & Sendable>(_ element: Element.Type) {
    self.element = ValueType(element)
    next = { stream in
      guard let stream = stream as? ItemStream<Element> else { return nil }
      var iterator = stream.makeAsyncIterator()
      return { try await iterator.next() }
    }
  }
}
