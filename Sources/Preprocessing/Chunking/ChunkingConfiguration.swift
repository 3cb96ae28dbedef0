public import Domain

/// How cleaned documents are cut: the `chunking` part of a configuration.
public struct ChunkingConfiguration: Codable, Hashable, Sendable {
  /// The smallest and the largest chunk size that make sense, in tokens.
  public static let sizes = 16...8192
  /// The same in characters.
  public static let characterSizes = 16...65_536

  /// Where to cut.
  public var strategy: ChunkingStrategy
  /// The greatest length of a chunk; in tokens with the model's special tokens.
  public var size: Int
  /// The most that a chunk repeats from the one before it; at most half of ``size``.
  public var overlap: Int
  /// What ``size`` and ``overlap`` are counted in.
  public var unit: ChunkingUnit
  /// What differs for a category.
  public var categories: [DataCategory: Override]

  /// What one category does differently; nil means as the others.
  public struct Override: Codable, Hashable, Sendable {
    /// Where to cut.
    public var strategy: ChunkingStrategy?
    /// The greatest length of a chunk.
    public var size: Int?
    /// The most that a chunk repeats.
    public var overlap: Int?
    /// What both are counted in.
    public var unit: ChunkingUnit?

    /// Makes an override; see the properties.
    public init(
      strategy: ChunkingStrategy? = nil, size: Int? = nil, overlap: Int? = nil, unit: ChunkingUnit? = nil
    ) {
      self.strategy = strategy
      self.size = size
      self.overlap = overlap
      self.unit = unit
    }

    /// An override by what goes by a name.
    public init(_ preset: ChunkingPreset) {
      self.init(strategy: preset.strategy, size: preset.size, overlap: preset.overlap, unit: preset.unit)
    }
  }

  /// Makes a configuration; nothing is checked before ``validate()``.
  public init(
    strategy: ChunkingStrategy = .markdown, size: Int = 256, overlap: Int = 32, unit: ChunkingUnit = .tokens,
    categories: [DataCategory: Override] = [:]
  ) {
    self.strategy = strategy
    self.size = size
    self.overlap = overlap
    self.unit = unit
    self.categories = categories
  }

  /// A configuration by what goes by a name.
  public init(_ preset: ChunkingPreset) {
    self.init(strategy: preset.strategy, size: preset.size, overlap: preset.overlap, unit: preset.unit)
  }

  /// Checks every value.
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func validate() throws {
    try validate(size, overlap, unit, prefix: "chunking")
    for (category, override) in categories.sorted(by: { $0.key < $1.key }) {
      try validate(
        override.size ?? size, override.overlap ?? overlap, override.unit ?? unit,
        prefix: "chunking.\(category.rawValue)")
    }
  }

  private func validate(_ size: Int, _ overlap: Int, _ unit: ChunkingUnit, prefix: String) throws {
    let sizes = unit == .tokens ? Self.sizes : Self.characterSizes
    guard sizes.contains(size) else {
      let expected = "a number of \(unit.rawValue) from \(sizes.lowerBound) to \(sizes.upperBound)"
      throw PreprocessingError.invalidValue(key: "\(prefix).size", value: String(size), expected: expected)
    }
    guard (0...(size / 2)).contains(overlap) else {
      let expected = "a number of \(unit.rawValue) from 0 to \(size / 2), at most half of \(prefix).size"
      throw PreprocessingError.invalidValue(key: "\(prefix).overlap", value: String(overlap), expected: expected)
    }
  }

  /// What holds for a document: source files are cut as code, unless the configuration names a strategy for repositories.
  func rule(for category: DataCategory, path: String?) -> ChunkingRule {
    let override = categories[category]
    // The Handbook's rule for repositories does not look at what a file is.
    let isSource = category == .repositories && !isMarkdownFile(path) && strategy != .handbook
    return ChunkingRule(
      strategy: override?.strategy ?? (isSource ? .code : strategy), size: override?.size ?? size,
      overlap: override?.overlap ?? overlap, unit: override?.unit ?? unit)
  }
}

/// What holds for one document.
struct ChunkingRule {
  var strategy: ChunkingStrategy
  var size: Int
  var overlap: Int
  var unit: ChunkingUnit

  /// As chunks say it.
  var method: ChunkingMethod {
    let name = unit == .tokens ? strategy.rawValue : "\(strategy.rawValue)/\(unit.rawValue)"
    return ChunkingMethod(strategy: name, size: size, overlap: overlap)
  }
}
