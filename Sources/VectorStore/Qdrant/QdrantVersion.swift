/// The version that a server says it is, such as `1.15.0` or `1.16.1-dev`.
struct QdrantVersion: Comparable, Sendable {
  /// The oldest with what is always used: universal queries, and sparse vectors weighted by IDF.
  static let minimum = QdrantVersion("1.10.0")
  /// The first that joins rankings by the distribution of their scores.
  static let distributionFusion = QdrantVersion("1.11.0")
  /// The first that counts points by the values of a field (`/facet`).
  static let facets = QdrantVersion("1.12.0")
  /// The first whose reciprocal rank fusion takes a constant.
  static let fusionConstant = QdrantVersion("1.16.0")

  /// As the server writes it.
  let text: String
  private let numbers: [Int]

  init(_ text: String) {
    self.text = text
    numbers = text.prefix { $0 != "-" && $0 != "+" }.split(separator: ".").map { Int($0) ?? 0 }
  }

  static func < (left: QdrantVersion, right: QdrantVersion) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }

  static func == (left: QdrantVersion, right: QdrantVersion) -> Bool { left.numbers == right.numbers }
}
