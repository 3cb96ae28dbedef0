/// What a set is: everything about it that does not come out of a generator.
public struct DatasetSettings: Codable, Hashable, Sendable {
  /// What it trains.
  public var kind: DatasetKind
  /// The share of documents kept for testing, 0 to 0.9.
  public var testSplit: Double
  /// Whether each category is split by itself and has files of its own.
  public var separatesCategories: Bool
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
    kind: DatasetKind = .instruction, testSplit: Double = 0.1, separatesCategories: Bool = false, system: String = "",
    trainOn: TrainedText = .answers, gates: GateSettings = GateSettings(), name: String = "", license: String = ""
  ) {
    self.kind = kind
    self.testSplit = testSplit
    self.separatesCategories = separatesCategories
    self.system = system
    self.trainOn = trainOn
    self.gates = gates
    self.name = name
    self.license = license
  }

  /// Reads settings; those that an earlier version did not write have their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let plain = DatasetSettings()
    kind = try container.decode(DatasetKind.self, forKey: .kind)
    testSplit = try container.decode(Double.self, forKey: .testSplit)
    separatesCategories = try container.decodeIfPresent(Bool.self, forKey: .separatesCategories) ?? false
    system = try container.decodeIfPresent(String.self, forKey: .system) ?? plain.system
    trainOn = try container.decodeIfPresent(TrainedText.self, forKey: .trainOn) ?? plain.trainOn
    gates = try container.decodeIfPresent(GateSettings.self, forKey: .gates) ?? plain.gates
    name = try container.decodeIfPresent(String.self, forKey: .name) ?? plain.name
    license = try container.decodeIfPresent(String.self, forKey: .license) ?? plain.license
  }

  enum CodingKeys: String, CodingKey {
    case kind
    case testSplit = "test_split"
    case separatesCategories = "separate_categories"
    case system
    case trainOn = "train_on"
    case gates, name, license
  }
}
