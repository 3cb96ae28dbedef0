/// What set to make and how to split and write it: the `dataset` part of a configuration.
public struct DatasetConfiguration: Codable, Hashable, Sendable {
  /// What the set trains.
  public var kind: DatasetKind
  /// The most pairs made of one extract, 1 to 20.
  public var pairsPerExtract: Int
  /// The share of documents kept for testing, 0 to 0.9.
  public var testSplit: Double
  /// The folder that sets are written to.
  public var output: String
  /// The shapes to write.
  public var formats: [DatasetFormat]
  /// What becomes of block quotes.
  public var quotes: QuoteUse

  /// Makes a configuration; nothing is checked before ``validate()``.
  public init(
    kind: DatasetKind = .instruction, pairsPerExtract: Int = 5, testSplit: Double = 0.1,
    output: String = "data/datasets", formats: [DatasetFormat] = [.alpaca, .messages],
    quotes: QuoteUse = .leaveOut
  ) {
    self.kind = kind
    self.pairsPerExtract = pairsPerExtract
    self.testSplit = testSplit
    self.output = output
    self.formats = formats
    self.quotes = quotes
  }

  /// Reads a configuration; a missing key has its default.
  /// - Throws: ``DatasetError/invalidValue(key:value:expected:)`` for an unknown kind, format or use of quotes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    if let name = try container.decodeIfPresent(String.self, forKey: .kind) {
      kind = try named(name, key: "dataset.kind")
    }
    pairsPerExtract = try container.decodeIfPresent(Int.self, forKey: .pairsPerExtract) ?? pairsPerExtract
    testSplit = try container.decodeIfPresent(Double.self, forKey: .testSplit) ?? testSplit
    output = try container.decodeIfPresent(String.self, forKey: .output) ?? output
    if let names = try container.decodeIfPresent([String].self, forKey: .formats) {
      formats = try names.map { try named($0, key: "dataset.formats") }
    }
    if let name = try container.decodeIfPresent(String.self, forKey: .quotes) {
      quotes = try named(name, key: "dataset.quotes")
    }
  }

  /// Checks every value.
  /// - Throws: ``DatasetError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func validate() throws {
    guard (1...20).contains(pairsPerExtract) else {
      throw DatasetError.invalidValue(
        key: "dataset.pairs_per_extract", value: String(pairsPerExtract), expected: "a number from 1 to 20")
    }
    guard (0...0.9).contains(testSplit) else {
      throw DatasetError.invalidValue(
        key: "dataset.test_split", value: String(testSplit), expected: "a share of the documents from 0 to 0.9")
    }
    guard !formats.isEmpty else {
      throw DatasetError.invalidValue(
        key: "dataset.formats", value: "empty", expected: "a list of \(allowed(DatasetFormat.self))")
    }
    guard !output.isEmpty else {
      throw DatasetError.invalidValue(key: "dataset.output", value: "empty", expected: "the path of a folder")
    }
  }

  enum CodingKeys: String, CodingKey {
    case kind
    case pairsPerExtract = "pairs_per_extract"
    case testSplit = "test_split"
    case output, formats, quotes
  }
}

private func named<Value: RawRepresentable & CaseIterable>(
  _ name: String, key: String
) throws -> Value where Value.RawValue == String {
  guard let value = Value(rawValue: name) else {
    throw DatasetError.invalidValue(key: key, value: "`\(name)`", expected: allowed(Value.self))
  }
  return value
}

private func allowed<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> String
where Value.RawValue == String {
  type.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
}
