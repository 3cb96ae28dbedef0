/// The conditions that every driver can express.
///
/// A comparison is true only of values of the field's kind; `notEqual` is its opposite and so true of missing ones too.
indirect enum FilterCondition: Hashable, Sendable {
  case compare(FieldPath, FilterComparison, FilterValue)
  case isIn(FieldPath, [FilterValue])
  /// The field is missing or null.
  case isNil(FieldPath)
  /// The field is an array that has the value.
  case contains(FieldPath, FilterValue)
  case all([FilterCondition])
  case any([FilterCondition])
  case not(FilterCondition)
}

enum FilterComparison: Hashable, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}
