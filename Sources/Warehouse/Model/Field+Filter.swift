extension Field where Value: FilterComparable {
  /// Documents whose field has the value.
  public static func == (field: Field, value: Value) -> Filter<D> { field.compare(.equal, value) }

  /// Documents whose field has another value, or none.
  public static func != (field: Field, value: Value) -> Filter<D> { field.compare(.notEqual, value) }

  /// Documents whose field has one of the values; none when there are no values.
  public func isIn(_ values: [Value]) -> Filter<D> {
    Filter(condition: .isIn(erased, values.map(\.filterValue)))
  }

  /// Documents whose field is missing or null.
  public var isNil: Filter<D> { Filter(condition: .isNil(erased)) }

  func compare(_ comparison: FilterComparison, _ value: Value) -> Filter<D> {
    Filter(condition: .compare(erased, comparison, value.filterValue))
  }
}

extension Field where Value: FilterComparable & Comparable {
  /// Documents whose field has a smaller value.
  public static func < (field: Field, value: Value) -> Filter<D> { field.compare(.less, value) }

  /// Documents whose field has the value or a smaller one.
  public static func <= (field: Field, value: Value) -> Filter<D> { field.compare(.lessOrEqual, value) }

  /// Documents whose field has a greater value.
  public static func > (field: Field, value: Value) -> Filter<D> { field.compare(.greater, value) }

  /// Documents whose field has the value or a greater one.
  public static func >= (field: Field, value: Value) -> Filter<D> { field.compare(.greaterOrEqual, value) }
}

extension Field where Value == String {
  /// Documents whose field begins with the text, byte for byte.
  public func hasPrefix(_ prefix: String) -> Filter<D> {
    guard !prefix.isEmpty else { return self >= "" }
    // All texts with the prefix lie between it and the least text that is greater than all of them.
    guard let end = successor(ofPrefix: prefix) else { return self >= prefix }
    return self >= prefix && self < end
  }
}

extension Field {
  /// Documents whose field is an array with the value among its elements.
  public func contains<Element: FilterComparable>(_ value: Element) -> Filter<D> where Value == [Element] {
    Filter(condition: .contains(FieldPath(path: path, kind: Element.filterKind), value.filterValue))
  }
}

/// The least text that is greater than every text with the prefix; nil if there is none. Texts are ordered by their
/// UTF-8 bytes, which is the order of their scalars.
private func successor(ofPrefix prefix: String) -> String? {
  var scalars = Array(prefix.unicodeScalars)
  while let last = scalars.popLast() {
    // Behind the last scalar before the surrogates comes the first one after them.
    let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
    guard let scalar = Unicode.Scalar(next) else { continue }
    scalars.append(scalar)
    return String(String.UnicodeScalarView(scalars))
  }
  return nil
}
