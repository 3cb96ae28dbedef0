extension BSONDocument {
  /// The value at a path of keys with dots between, such as `crawl.source`; in an array, a key is an index.
  ///
  /// Setting creates the documents that are missing on the way, and does nothing where the way leads through a value
  /// that is neither a document nor an array with that index; an array grows by one when the index is its count.
  /// Setting nil removes the value (from an array: leaves null in its place, as MongoDB's `$unset` does).
  public subscript(path path: String) -> BSONValue? {
    get { BSONValue.document(self).value(at: path.split(separator: ".", omittingEmptySubsequences: false)[...]) }
    set {
      var value = BSONValue.document(self)
      elements = []
      _ = value.set(newValue, at: path.split(separator: ".", omittingEmptySubsequences: false)[...])
      if case .document(let document) = value { self = document }
    }
  }

  /// Sets the value at a path and says whether the path led there; false leaves the document as it was. See
  /// `subscript(path:)` for what happens on the way.
  public mutating func set(_ newValue: BSONValue?, atPath path: String) -> Bool {
    var value = BSONValue.document(self)
    guard value.set(newValue, at: path.split(separator: ".", omittingEmptySubsequences: false)[...]),
      case .document(let document) = value
    else { return false }
    self = document
    return true
  }
}

extension BSONValue {
  fileprivate func value(at path: ArraySlice<Substring>) -> BSONValue? {
    guard let key = path.first else { return self }
    switch self {
    case .document(let document): return document[String(key)]?.value(at: path.dropFirst())
    case .array(let values):
      guard let index = Int(key), values.indices.contains(index) else { return nil }
      return values[index].value(at: path.dropFirst())
    default: return nil
    }
  }

  /// Whether the path led to a place. Recursive, but not further than the path has keys; those come from code.
  fileprivate mutating func set(_ newValue: BSONValue?, at path: ArraySlice<Substring>) -> Bool {
    guard let first = path.first, path.count <= BSONDocument.maximumDepth else { return false }
    let (key, rest) = (String(first), path.dropFirst())
    switch self {
    case .document(var document):
      guard !rest.isEmpty else {
        document[key] = newValue
        self = .document(document)
        return true
      }
      guard var child = document[key] ?? (newValue == nil ? nil : .document([:])) else { return true }
      guard child.set(newValue, at: rest) else { return false }
      document[key] = child
      self = .document(document)
      return true
    case .array(var values):
      guard let index = Int(key), index >= 0, index <= values.count else { return newValue == nil }
      if index == values.count {
        guard newValue != nil else { return true }
        values.append(rest.isEmpty ? .null : .document([:]))
      }
      if rest.isEmpty {
        values[index] = newValue ?? .null
      } else {
        guard values[index].set(newValue, at: rest) else { return false }
      }
      self = .array(values)
      return true
    default: return newValue == nil
    }
  }
}
