extension SettingsReader {
  /// How documents are cut, all of them and those of each category.
  func chunking() throws -> ChunkingConfiguration {
    let common = try chunkingOverride("chunking")
    let usual = ChunkingConfiguration()
    var chunking = ChunkingConfiguration(
      strategy: common.strategy ?? usual.strategy, size: common.size ?? usual.size,
      overlap: common.overlap ?? usual.overlap, unit: common.unit ?? usual.unit)
    for category in DataCategory.allCases {
      let override = try chunkingOverride("chunking.\(category.rawValue)")
      if override != .init() { chunking.categories[category] = override }
    }
    do {
      try chunking.validate()
    } catch PreprocessingError.invalidValue(let path, let value, let expected) {
      // A category's value may come from the common one.
      let paths = [path, "chunking." + (path.split(separator: ".").last ?? "")]
      let origin = paths.lazy.compactMap { resolver.setting(key($0))?.origin }.first ?? .builtIn
      throw ConfigurationError.badValue(key: path, origin: origin, found: "`\(value)`", wanted: expected)
    }
    return chunking
  }

  /// What is set below a key; the values of its preset where nothing else is.
  private func chunkingOverride(_ name: String) throws -> ChunkingConfiguration.Override {
    func choice<Value: RawRepresentable>(_ part: String) throws -> Value? where Value.RawValue == String {
      guard resolver.isSet("\(name).\(part)") else { return nil }
      return try optionalText("\(name).\(part)").flatMap(Value.init)
    }
    func integer(_ part: String) throws -> Int? {
      resolver.isSet("\(name).\(part)") ? try self.integer("\(name).\(part)") : nil
    }
    let preset: ChunkingPreset? = try choice("preset")
    var override = preset.map { ChunkingConfiguration.Override($0) } ?? .init()
    override.strategy = try choice("strategy") ?? override.strategy
    override.size = try integer("size") ?? override.size
    override.overlap = try integer("overlap") ?? override.overlap
    override.unit = try choice("unit") ?? override.unit
    return override
  }
}
