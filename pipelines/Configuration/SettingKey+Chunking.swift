extension SettingKey {
  /// The keys of `chunking`, for all documents and for those of each category.
  static let chunking: [SettingKey] =
    [
      SettingKey(
        "chunking.preset", .choice(ChunkingPreset.allCases.map(\.rawValue)), nil,
        "strategy, size, overlap and unit by a name"),
      SettingKey(
        "chunking.strategy", .choice(ChunkingStrategy.allCases.map(\.rawValue)), "markdown", "how documents are cut"),
      SettingKey("chunking.size", .integer(16...65_536), "256", "the longest chunk"),
      SettingKey("chunking.overlap", .integer(0...32_768), "32", "what neighbouring chunks share"),
      SettingKey(
        "chunking.unit", .choice(ChunkingUnit.allCases.map(\.rawValue)), "tokens",
        "what both are counted in: tokens of the embedding model, or characters"),
    ]
    + DataCategory.allCases.flatMap { category in
      [
        SettingKey(
          "chunking.\(category.rawValue).preset", .choice(ChunkingPreset.allCases.map(\.rawValue)), nil,
          "the same for \(category.rawValue)"),
        SettingKey(
          "chunking.\(category.rawValue).strategy", .choice(ChunkingStrategy.allCases.map(\.rawValue)), nil,
          "how \(category.rawValue) are cut"),
        SettingKey("chunking.\(category.rawValue).size", .integer(16...65_536), nil, "their longest chunk"),
        SettingKey("chunking.\(category.rawValue).overlap", .integer(0...32_768), nil, "what their chunks share"),
        SettingKey(
          "chunking.\(category.rawValue).unit", .choice(ChunkingUnit.allCases.map(\.rawValue)), nil,
          "what both are counted in"),
      ]
    }
}
