/// A piece of Swift source that the compiler cannot cut further, as a range of the file's bytes.
struct Token: Equatable, Sendable {
  /// What the piece is.
  enum Kind: UInt8, Sendable {
    /// A name or a keyword; with its backticks, if it has some.
    case identifier
    case number
    /// The opening or closing delimiter of a string.
    case quote
    /// What stands in a string, up to an interpolation or the end.
    case text
    /// A regular expression without its first slash, which may have been a division: its words count as mentions.
    case pattern
    case `operator`
    /// A bracket, comma, colon, semicolon, point, `@`, `#` or backslash.
    case punctuation
  }

  let kind: Kind
  let range: Range<Int>
  /// Whether a line ends between the token before and this one.
  let startsLine: Bool
  /// Whether white space, a comment or the inner side of a bracket is on its left; only of operators.
  var isOpenLeft = false
  /// The same on its right.
  var isOpenRight = false
}
