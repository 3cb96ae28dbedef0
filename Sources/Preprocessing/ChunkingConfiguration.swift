public import Domain

/// How cleaned documents are cut: the `chunking` part of a configuration.
public struct ChunkingConfiguration: Codable, Hashable, Sendable {
  /// The smallest and the largest chunk size that make sense, in tokens.
  public static let sizes = 16...8192

  /// Where to cut.
  public var strategy: ChunkingStrategy
  /// The most tokens of a chunk, the model's special tokens included.
  public var size: Int
  /// The most tokens that a chunk repeats from the one before it; at most half of ``size``.
  public var overlap: Int
  /// What differs for a category.
  public var categories: [DataCategory: Override]

  /// What one category does differently; nil means as the others.
  public struct Override: Codable, Hashable, Sendable {
    /// Where to cut.
    public var strategy: ChunkingStrategy?
    /// The most tokens of a chunk.
    public var size: Int?
    /// The most tokens that a chunk repeats.
    public var overlap: Int?

    /// Makes an override; see the properties.
    public init(strategy: ChunkingStrategy? = nil, size: Int? = nil, overlap: Int? = nil) {
      self.strategy = strategy
      self.size = size
      self.overlap = overlap
    }
  }

  /// Makes a configuration; nothing is checked before ``validate()``.
  public init(
    strategy: ChunkingStrategy = .markdown, size: Int = 256, overlap: Int = 32,
    categories: [DataCategory: Override] = [:]
  ) {
    self.strategy = strategy
    self.size = size
    self.overlap = overlap
    self.categories = categories
  }

  /// Checks every value.
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func validate() throws {
    try validate(size: size, overlap: overlap, prefix: "chunking")
    for (category, override) in categories.sorted(by: { $0.key < $1.key }) {
      try validate(
        size: override.size ?? size, overlap: override.overlap ?? overlap, prefix: "chunking.\(category.rawValue)")
    }
  }

  private func validate(size: Int, overlap: Int, prefix: String) throws {
    guard Self.sizes.contains(size) else {
      let expected = "a number of tokens from \(Self.sizes.lowerBound) to \(Self.sizes.upperBound)"
      throw PreprocessingError.invalidValue(key: "\(prefix).size", value: String(size), expected: expected)
    }
    guard (0...(size / 2)).contains(overlap) else {
      let expected = "a number of tokens from 0 to \(size / 2), half of \(prefix).size"
      throw PreprocessingError.invalidValue(key: "\(prefix).overlap", value: String(overlap), expected: expected)
    }
  }

  /// What holds for documents of `category`.
  func settings(for category: DataCategory) -> (strategy: ChunkingStrategy, size: Int, overlap: Int) {
    let override = categories[category]
    return (override?.strategy ?? strategy, override?.size ?? size, override?.overlap ?? overlap)
  }

  /// How a document is cut: source files as code, unless the configuration names a strategy for repositories.
  func strategy(for category: DataCategory, path: String?) -> ChunkingStrategy {
    if let strategy = categories[category]?.strategy { return strategy }
    return category == .repositories && !isMarkdownFile(path) ? .code : strategy
  }
}

/// A way to cut documents.
public enum ChunkingStrategy: String, Codable, CaseIterable, Sendable {
  /// By heading, paragraph, sentence and word; the source files of a repository by ``code`` all the same, unless their
  /// category has a strategy of its own.
  case markdown
  /// By top-level declaration, blank line and line, whatever the document is.
  case code
}
