/// What a set is: everything about it that does not come out of a generator.
public struct DatasetSettings: Codable, Hashable, Sendable {
  /// What it trains.
  public var kind: DatasetKind
  /// The share of documents kept for testing, 0 to 0.9.
  public var testSplit: Double
  /// The system message of every sample; empty for none.
  public var system: String
  /// Which part of a sample training is to count.
  public var trainOn: TrainedText
  /// What samples must fulfil.
  public var gates: GateSettings
  /// The set's name for people; empty for a plain one.
  public var name: String
  /// The licence's identifier at the Hugging Face hub, such as `cc-by-4.0`; empty for none.
  public var license: String

  /// Makes settings; see the properties.
  public init(
    kind: DatasetKind = .instruction, testSplit: Double = 0.1, system: String = "", trainOn: TrainedText = .answers,
    gates: GateSettings = GateSettings(), name: String = "", license: String = ""
  ) {
    self.kind = kind
    self.testSplit = testSplit
    self.system = system
    self.trainOn = trainOn
    self.gates = gates
    self.name = name
    self.license = license
  }

  enum CodingKeys: String, CodingKey {
    case kind
    case testSplit = "test_split"
    case system
    case trainOn = "train_on"
    case gates, name, license
  }
}
