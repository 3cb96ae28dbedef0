/// Items that a step gives one after the other, so that they never are in memory together.
///
/// A step whose result is spelled `ItemStream<Item>` produces `[Item]`: steps that take `Each<Item>` get the items as they
/// come, a step that takes `[Item]` gets the whole list.
public struct ItemStream<Element: Sendable>: AsyncSequence, Sendable {
  private let make: @Sendable () -> Iterator

  /// The elements of a sequence, which is iterated once.
  public init<Source: AsyncSequence & Sendable>(_ source: Source) where Source.Element == Element {
    make = {
      var iterator = source.makeAsyncIterator()
      return Iterator { try await iterator.next() }
    }
  }

  /// The elements of a list or other sequence, as they are asked for.
  public init<Source: Sequence & Sendable>(_ source: Source) where Source.Element == Element {
    make = {
      var iterator = source.makeIterator()
      return Iterator { iterator.next() }
    }
  }

  /// The elements that a function gives until it gives nil.
  public init(unfolding next: @escaping @Sendable () async throws -> Element?) {
    make = { Iterator(next) }
  }

  /// Asks for one element after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private let body: () async throws -> Element?

    fileprivate init(_ body: @escaping () async throws -> Element?) {
      self.body = body
    }

    /// The next element; nil at the end.
    public mutating func next() async throws -> Element? { try await body() }
  }

  /// Begins to iterate.
  public func makeAsyncIterator() -> Iterator { make() }
}
