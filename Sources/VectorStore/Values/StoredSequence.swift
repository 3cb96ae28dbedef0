import Domain

/// What a store holds, read page by page as it is asked for, in the order of the identifiers.
public struct StoredSequence<Element: Sendable>: AsyncSequence, Sendable {
  let page: @Sendable (Identifier?) async throws -> Page<Element>

  /// Reads the sequence once.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let page: @Sendable (Identifier?) async throws -> Page<Element>
    private var elements: [Element] = []
    private var position = 0
    private var cursor: Identifier?
    private var isAtEnd = false

    init(page: @Sendable @escaping (Identifier?) async throws -> Page<Element>) {
      self.page = page
    }

    /// The next element; nil after the last.
    ///
    /// - Throws: what the store throws when it cannot be read.
    public mutating func next() async throws -> Element? {
      while position == elements.count {
        if isAtEnd { return nil }
        try Task.checkCancellation()
        let next = try await page(cursor)
        (elements, position, cursor) = (next.elements, 0, next.next)
        isAtEnd = next.next == nil
      }
      defer { position += 1 }
      return elements[position]
    }
  }

  /// Begins to read.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(page: page) }
}
