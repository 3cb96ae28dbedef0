import LanguageModel

extension SettingsReader {
  /// The settings under `language_model`.
  func languageModel() throws -> ModelSettings {
    var retries = RetrySettings()
    retries.attempts = try integer("language_model.attempts")
    retries.factor = try number("language_model.backoff_factor")
    retries.ceiling = try duration("language_model.backoff_ceiling")
    var limits = ModelLimits(concurrency: try integer("language_model.concurrency"))
    limits.requestsPerMinute = try optionalInteger("language_model.requests_per_minute").map(Double.init)
    limits.tokensPerMinute = try optionalInteger("language_model.tokens_per_minute").map(Double.init)
    return ModelSettings(
      provider: try text("language_model.provider"), model: try optionalText("language_model.model"),
      endpoint: try optionalText("language_model.endpoint"), apiKey: try optionalText("language_model.api_key"),
      dialect: try optionalText("language_model.dialect").flatMap(SchemaDialect.init),
      temperature: try number("language_model.temperature"), maximumTokens: try integer("language_model.max_tokens"),
      hasOwnSampling: ["temperature", "max_tokens"].contains { resolver.isSet("language_model.\($0)") },
      context: try integer("language_model.context"),
      readsSystemMessages: try truth("language_model.system_messages"),
      timeout: try duration("language_model.timeout"), retries: retries, limits: limits,
      modelPath: try optionalText("language_model.model_path"),
      threads: try optionalInteger("language_model.n_threads"), program: try text("language_model.program"))
  }

  /// The models under `language_model.fallback`, each with the keys of `language_model` itself.
  func fallbackModels() throws -> [ModelSettings] {
    let path = "language_model.fallback"
    guard let setting = resolver.setting(key(path)) else { return [] }
    let entries = try list(setting, path, wanted: "a list of models, each {provider, model, …}")
    guard resolver.tree["language_model"]?["provider"].map({ flowText($0) }) != "extractive" else {
      throw ConfigurationError.badValue(
        key: path, origin: setting.origin, found: describe(setting),
        wanted: "left out: `extractive` needs no model, and nothing stands in for it")
    }
    return try entries.map { entry in
      for name in ["fallback", "prices"] where entry[name] != nil {
        throw ConfigurationError.badValue(
          key: "\(path).\(name)", origin: entry.origin, found: "there", wanted: "set for the first model only")
      }
      let settings = try SettingsReader(resolver: resolver.replacing("language_model", with: entry)).languageModel()
      try require(
        settings.provider != "extractive", path, entry, wanted: "a model, which `extractive` is not: it always answers")
      return settings
    }
  }

  /// What tokens cost.
  func modelPrices() throws -> [String: ModelPrice] {
    let path = "language_model.prices"
    guard let setting = resolver.setting(key(path)) else { return [:] }
    let wanted = "a mapping of models to {input, output}, the price of a million tokens each"
    guard case .map(let entries) = setting.value else {
      throw ConfigurationError.badValue(key: path, origin: setting.origin, found: describe(setting), wanted: wanted)
    }
    var prices: [String: ModelPrice] = [:]
    for entry in entries {
      guard case .map(let parts) = entry.setting.value else {
        throw ConfigurationError.badValue(
          key: "\(path).\(entry.key)", origin: entry.setting.origin, found: describe(entry.setting), wanted: wanted)
      }
      for part in parts where !["input", "output"].contains(part.key) {
        throw ConfigurationError.unknownKey(
          key: "\(path).\(entry.key).\(part.key)", origin: part.origin,
          known: ["input", "output"].map { "\(path).\(entry.key).\($0)" })
      }
      prices[entry.key] = ModelPrice(
        input: try price(entry, "input", path), output: try price(entry, "output", path))
    }
    return prices
  }

  private func price(_ entry: Setting.Entry, _ part: String, _ path: String) throws -> Double {
    let setting = entry.setting[part] ?? Setting(value: .null, origin: entry.origin)
    let wanted = "a price of 0 or more for a million tokens"
    let value = try scalar(setting, "\(path).\(entry.key).\(part)", wanted: wanted).flatMap { Double($0) }
    guard let value, value >= 0, value.isFinite else {
      throw ConfigurationError.badValue(
        key: "\(path).\(entry.key).\(part)", origin: setting.origin, found: describe(setting), wanted: wanted)
    }
    return value
  }

  /// A folder, or files by the names of their use cases.
  func promptPlace() throws -> PromptPlace {
    guard let setting = resolver.setting(key("prompts")) else { return .builtIn }
    switch setting.value {
    case .null: return .builtIn
    case .scalar(let path): return .folder(absolutePath(path))
    case .list:
      throw ConfigurationError.badValue(
        key: "prompts", origin: setting.origin, found: "a list", wanted: "a folder, or a mapping of use cases to files")
    case .map(let entries):
      var files: [String: String] = [:]
      for entry in entries {
        let path = try scalar(entry.setting, "prompts.\(entry.key)", wanted: "a file")
        try require(path?.isEmpty == false, "prompts.\(entry.key)", entry.setting, wanted: "a file")
        files[entry.key] = absolutePath(path ?? "")
      }
      return .files(files)
    }
  }
}
