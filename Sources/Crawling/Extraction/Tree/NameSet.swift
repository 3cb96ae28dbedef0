/// A set of class names and ids in lower case, kept as their hashes, so that testing an element allocates nothing.
struct NameSet: ExpressibleByArrayLiteral, Sendable {
  private let names: NameTable<Bool>

  init(arrayLiteral names: String...) {
    self.names = NameTable(names.map { (NameHash(lowercasing: $0.utf8), true) })
  }

  /// Whether the name is in the set, whatever its case.
  func contains(_ name: ArraySlice<UInt8>) -> Bool { names[NameHash(lowercasing: name)] != nil }
}

extension HTMLTree {
  /// Calls `body` with each class of the element, in lower case, until it returns true; whether it ever did.
  func anyClass(of index: Index, _ body: (String) -> Bool) -> Bool {
    guard let value = value(.class, of: index) else { return false }
    return value.split(whereSeparator: ASCII.isSpace).contains { name in
      body(String(decoding: name.map(ASCII.lowercased), as: UTF8.self))
    }
  }

  /// Whether the element has one of these classes.
  func hasClass(_ index: Index, in names: NameSet) -> Bool {
    guard let value = value(.class, of: index) else { return false }
    var start = value.startIndex
    while start < value.endIndex {
      var end = start
      while end < value.endIndex, !ASCII.isSpace(value[end]) { end += 1 }
      if end > start, names.contains(value[start..<end]) { return true }
      start = end + 1
    }
    return false
  }

  /// Whether two elements have a class in common.
  func shareClass(_ left: Index, _ right: Index) -> Bool {
    guard let left = value(.class, of: left), let right = value(.class, of: right) else { return false }
    let names = left.split(whereSeparator: ASCII.isSpace)
    return right.split(whereSeparator: ASCII.isSpace).contains { name in names.contains { $0.elementsEqual(name) } }
  }
}
