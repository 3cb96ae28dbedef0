extension HTMLTree {
  /// Calls `body` with each class of the element, in lower case, until it returns true; whether it ever did.
  func anyClass(of index: Index, _ body: (String) -> Bool) -> Bool {
    guard let value = value(.class, of: index) else { return false }
    return value.split(whereSeparator: ASCII.isSpace).contains { name in
      body(String(decoding: name.map(ASCII.lowercased), as: UTF8.self))
    }
  }

  /// Whether the element has one of these classes (given in lower case).
  func hasClass(_ index: Index, in names: Set<String>) -> Bool {
    anyClass(of: index) { names.contains($0) }
  }

  /// Whether the element has one of these classes or ids (given in lower case).
  func isNamed(_ index: Index, in names: Set<String>) -> Bool {
    if hasClass(index, in: names) { return true }
    guard let id = value(.id, of: index) else { return false }
    return names.contains(String(decoding: id.trimmed.map(ASCII.lowercased), as: UTF8.self))
  }
}
