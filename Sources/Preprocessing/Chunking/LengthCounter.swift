/// Counts the length of stretches of one text, in tokens or in characters.
protocol LengthCounter {
  /// The length of the bytes of a range.
  func count(_ range: Range<Int>) -> Int
  /// The length of the range as a text by itself, which may be another one where a token is cut.
  func exactCount(_ range: Range<Int>) -> Int
  /// Where the unit begins that is `count` units after `position`; nil past the last one.
  func start(of count: Int, after position: Int) -> Int?
  /// Where the unit begins that is `count` units before `position`, or the first one.
  func start(of count: Int, before position: Int) -> Int
}
