import LanguageModel

/// Brings the other shapes in which language models may be configured to that of `language_model`: a list of models, and
/// `llm:` with `providers`, `fallback_order` and `prompt_templates`.
enum ModelsShape {
  /// Other names for our keys, as the programs concerned and their clients have them.
  private static let otherNames = [
    "base_url": "endpoint", "url": "endpoint", "host": "endpoint", "n_ctx": "context", "num_ctx": "context",
    "context_length": "context", "context_window": "context", "threads": "n_threads", "model_name": "model",
    "type": "provider", "max_retries": "attempts", "rpm": "requests_per_minute", "tpm": "tokens_per_minute",
  ]
  /// The model that Ollama is asked for unless one is named.
  private static let defaultModel = "mistral:7b"

  /// The tree with `language_model` as a mapping and without `llm`; any other tree as it is.
  static func translated(_ tree: Setting) throws -> Setting {
    var tree = tree
    if let shape = tree["llm"] {
      guard tree["language_model"] == nil else {
        throw ConfigurationError.badValue(
          key: "llm", origin: shape.origin, found: "there beside `language_model`", wanted: "the only one of the two")
      }
      let (models, prompts) = try models(of: shape)
      tree = tree.removing("llm").replacing(["language_model"], with: chain(models, origin: shape.origin))
      if let prompts { tree = tree.replacing(["prompts"], with: prompts) }
      return tree
    }
    guard let setting = tree["language_model"] else { return tree }
    switch setting.value {
    case .list(let items):
      let models = items.map { ourNames(longForm($0)) }
      guard !models.isEmpty else {
        throw ConfigurationError.badValue(
          key: "language_model", origin: setting.origin, found: "an empty list", wanted: "one model at least")
      }
      return tree.replacing(["language_model"], with: chain(models, origin: setting.origin))
    case .map: return tree.replacing(["language_model"], with: ourNames(setting))
    case .null, .scalar: return tree
    }
  }

  /// The first model, with the others as its fallback; what it has of its own kind (`fallback`) stays behind them.
  private static func chain(_ models: [Setting], origin: SettingOrigin) -> Setting {
    guard let first = models.first, models.count > 1 else {
      return models.first ?? Setting(value: .null, origin: origin)
    }
    return first.replacing(["fallback"], with: Setting(value: .list(Array(models.dropFirst())), origin: origin))
  }

  /// A provider's name alone as a mapping.
  private static func longForm(_ setting: Setting) -> Setting {
    guard case .scalar = setting.value else { return setting }
    return Setting(
      value: .map([Setting.Entry(key: "provider", origin: setting.origin, setting: setting)]), origin: setting.origin)
  }

  private static func ourNames(_ setting: Setting) -> Setting {
    guard case .map(let entries) = setting.value else { return setting }
    let present = Set(entries.map(\.key))
    let renamed = entries.map { entry -> Setting.Entry in
      guard let name = otherNames[entry.key], !present.contains(name) else { return entry }
      return Setting.Entry(key: name, origin: entry.origin, setting: entry.setting)
    }
    return Setting(value: .map(renamed), origin: setting.origin)
  }

  // MARK: llm

  private static let known = ["providers", "fallback_order", "prompt_templates", "prices"]

  private static func models(of shape: Setting) throws -> (models: [Setting], prompts: Setting?) {
    guard case .map(let entries) = shape.value else {
      throw ConfigurationError.badValue(
        key: "llm", origin: shape.origin, found: describe(shape), wanted: "a mapping with `providers`")
    }
    for entry in entries where !known.contains(entry.key) {
      throw ConfigurationError.unknownKey(
        key: "llm.\(entry.key)", origin: entry.origin, known: known.map { "llm.\($0)" })
    }
    var providers = try providers(of: shape)
    if let order = shape["fallback_order"] { providers = try ordered(providers, by: order) }
    var models = try providers.map { try model(named: $0.key, $0.setting) }
    if let prices = shape["prices"] { models[0] = models[0].replacing(["prices"], with: prices) }
    return (models, shape["prompt_templates"])
  }

  /// The providers; without any, Ollama.
  private static func providers(of shape: Setting) throws -> [Setting.Entry] {
    guard let setting = shape["providers"] else {
      return [
        Setting.Entry(key: "ollama", origin: shape.origin, setting: Setting(value: .map([]), origin: shape.origin))
      ]
    }
    guard case .map(let entries) = setting.value, !entries.isEmpty else {
      throw ConfigurationError.badValue(
        key: "llm.providers", origin: setting.origin, found: describe(setting),
        wanted: "a mapping of names to {model, …}")
    }
    return entries
  }

  private static func ordered(_ providers: [Setting.Entry], by order: Setting) throws -> [Setting.Entry] {
    let names: [Setting] = if case .list(let items) = order.value { items } else { [order] }
    let ordered = try names.map { name -> Setting.Entry in
      guard case .scalar(let text) = name.value, let entry = providers.first(where: { $0.key == text }) else {
        let known = providers.map { "`\($0.key)`" }.joined(separator: ", ")
        throw ConfigurationError.badValue(
          key: "llm.fallback_order", origin: name.origin, found: describe(name), wanted: "one of \(known)")
      }
      return entry
    }
    guard !ordered.isEmpty else {
      throw ConfigurationError.badValue(
        key: "llm.fallback_order", origin: order.origin, found: "empty", wanted: "a list of names of `llm.providers`")
    }
    return ordered
  }

  /// A provider as a model: its name is that of the provider unless it says another, and its family's settings hold where
  /// it says nothing.
  private static func model(named name: String, _ setting: Setting) throws -> Setting {
    var model = ourNames(setting)
    if case .scalar = setting.value { model = Setting(value: .map([]), origin: setting.origin) }
    func set(_ key: String, _ value: String) {
      guard model[key] == nil else { return }
      model = model.replacing([key], with: Setting(value: .scalar(value), origin: setting.origin))
    }
    if case .scalar(let text) = setting.value { set("model", text) }
    set("provider", name)
    let provider = model["provider"].map(flowText) ?? name
    if provider == "ollama" { set("model", defaultModel) }
    let family = (model["model"] ?? model["model_path"]).flatMap { ModelFamily(model: flowText($0)) }
    if let family {
      set("temperature", String(family.temperature))
      set("max_tokens", String(family.maximumTokens))
      set("system_messages", String(family.readsSystemMessages))
      // Room for the prompt beside the longest reply.
      set("context", String(max(8192, 2 * family.maximumTokens)))
    }
    return model
  }
}

extension Setting {
  /// The same mapping without a key.
  fileprivate func removing(_ key: String) -> Setting {
    guard case .map(let entries) = value else { return self }
    return Setting(value: .map(entries.filter { $0.key != key }), origin: origin)
  }
}
