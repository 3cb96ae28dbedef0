/// The list of active formatting elements (HTML Standard, 13.2.4.3): those that are opened again where a block ended
/// them too early. It is kept short, so that a page of unclosed tags stays linear.
struct FormattingElements {
  /// An element, or a marker, which parts what is in a cell or an object from what is around it.
  struct Entry {
    /// The element; of a marker, the one that it was set for.
    var node: DocumentBuilder.Index
    let name: ElementName
    var isMarker = false
  }

  /// The most elements behind the last marker; of more the oldest is forgotten.
  private static let limit = 16

  private(set) var entries: [Entry] = []

  subscript(position: Int) -> Entry { entries[position] }

  /// The entries behind the last marker.
  var active: Range<Int> {
    (entries.lastIndex(where: \.isMarker).map { $0 + 1 } ?? 0)..<entries.count
  }

  mutating func pushMarker(for node: DocumentBuilder.Index) {
    entries.append(Entry(node: node, name: ElementName(.other), isMarker: true))
  }

  /// Adds an element; of those like it, three at most remain.
  mutating func push(_ entry: Entry, in document: DocumentBuilder) {
    let alike = active.filter { position in
      entries[position].name == entry.name && document.haveSameAttributes(entries[position].node, entry.node)
    }
    if alike.count >= 3 { entries.remove(at: alike[0]) }
    if active.count >= Self.limit { entries.remove(at: active.lowerBound) }
    entries.append(entry)
  }

  mutating func remove(at position: Int) { entries.remove(at: position) }

  mutating func insert(_ entry: Entry, at position: Int) { entries.insert(entry, at: position) }

  mutating func replaceNode(at position: Int, by node: DocumentBuilder.Index) { entries[position].node = node }

  /// Forgets the marker that was set for an element, and everything behind it.
  mutating func clear(from node: DocumentBuilder.Index) {
    guard let marker = entries.lastIndex(where: { $0.isMarker && $0.node == node }) else { return }
    entries.removeSubrange(marker...)
  }

  /// The last active element of this name.
  func position(of name: ElementName) -> Int? { active.last { entries[$0].name == name } }

  func position(ofNode node: DocumentBuilder.Index) -> Int? { entries.lastIndex { $0.node == node && !$0.isMarker } }
}
