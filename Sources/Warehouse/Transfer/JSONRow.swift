/// A row of a file of JSON: a line, or an element of an array.
struct JSONRow: Hashable, Sendable {
  /// What there is of it.
  enum Content: Hashable, Sendable {
    /// Its bytes, which may be anything.
    case bytes([UInt8])
    /// It was dropped because it has too many bytes; how many there were.
    case tooLong(Int)
    /// The file ends within the array, so that rows may be missing.
    case cutShort
  }

  /// The line, or the place in the array, counted from one.
  var number: Int
  /// Whether it is an element of an array.
  var isElement: Bool
  /// Where it begins in the file.
  var offset: Int
  /// What there is of it.
  var content: Content
  /// Where reading goes on behind it.
  var next: JSONRowScanner.Position
}
