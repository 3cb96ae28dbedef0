/// Texts whose tokens lie one after the other in rows.
struct TextGroup: Sendable {
  /// The tokens of each text.
  let texts: [[Int32]]
  /// The first row of each text, and the number of rows.
  let starts: [Int]
  /// The number of rows.
  var rows: Int { starts[texts.count] }

  init(_ texts: [[Int32]]) {
    self.texts = texts
    starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }
}
