import Domain

/// A part of a listing.
struct Page<Element: Sendable>: Sendable {
  var elements: [Element]
  /// What is there besides, and cannot be read.
  var unreadable: [UnreadableElement] = []
  /// What to ask for the next part with; nil after the last.
  var next: Identifier?

  init(_ elements: [Element] = [], next: Identifier? = nil) {
    self.elements = elements
    self.next = next
  }
}
