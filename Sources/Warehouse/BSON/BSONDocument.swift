/// A BSON document: keys and values in order.
struct BSONDocument: Hashable, Sendable {
  struct Element: Hashable, Sendable {
    var key: String
    var value: BSONValue
  }

  var elements: [Element]

  init(_ elements: [Element] = []) {
    self.elements = elements
  }

  /// The value of the first element with the key; setting nil removes it.
  subscript(key: String) -> BSONValue? {
    get { elements.first { $0.key == key }?.value }
    set {
      let index = elements.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): elements[index].value = value
      case (let index?, nil): elements.remove(at: index)
      case (nil, let value?): elements.append(Element(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension BSONDocument: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral elements: (String, BSONValue)...) {
    self.init(elements.map { Element(key: $0, value: $1) })
  }
}
