import Foundation

extension Configuration {
  /// Reads a configuration file and everything that overrides it.
  ///
  /// The order is: `overrides` (the command line) > `TWIN_…` variables > `.env` beside the file > the file > built-in
  /// values. Relative paths, the built-in ones included, are relative to the file.
  /// - Parameters:
  ///   - path: the file; nil for `TWIN_CONFIG`, else `twin.yaml` in the working directory.
  ///   - overrides: dotted keys and their values as YAML.
  ///   - dispatcher: the crawlers that sources may name and go to; those that ship, and any of one's own.
  /// - Throws: ``ConfigurationError``.
  public init(
    path: String?, environment: [String: String],
    overrides: [(path: String, value: String)] = [], dispatcher: Dispatcher = Dispatcher()
  ) throws {
    guard let file = path ?? Self.defaultFile(environment: environment) else {
      throw ConfigurationError.noFile(folder: FileManager.default.currentDirectoryPath)
    }
    let tree = try ConfigurationFile.read(file)
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().standardizedFileURL.path
    let (plain, notices) = try HandbookConfiguration.translated(tree, file: file)
    let resolver = try SettingsResolver(
      tree: try ModelsShape.translated(plain), file: file, folder: folder, environment: environment,
      overrides: overrides)
    try self.init(SettingsReader(resolver: resolver), file: file, notices: notices, dispatcher: dispatcher)
  }

  /// Reads a configuration as ``init(path:environment:overrides:dispatcher:)`` does, for work that needs none: without a
  /// file there are the built-in values, and what variables and overrides say.
  ///
  /// - Throws: ``ConfigurationError``; not for a file that is missing unless it was named.
  public static func ifAny(
    path: String?, environment: [String: String],
    overrides: [(path: String, value: String)] = [], dispatcher: Dispatcher = Dispatcher()
  ) throws -> Configuration {
    if let file = path ?? defaultFile(environment: environment) {
      return try Configuration(path: file, environment: environment, overrides: overrides, dispatcher: dispatcher)
    }
    let folder = FileManager.default.currentDirectoryPath
    let empty = Setting(value: .map([]), origin: .builtIn)
    // An `.env` in any folder may be another program's.
    let file = folder + "/twin.yaml"
    let resolver = try SettingsResolver(
      tree: empty, file: file, folder: folder, environment: environment, overrides: overrides,
      readsDotEnvironment: false)
    return try Configuration(
      SettingsReader(resolver: resolver), file: file, notices: [], dispatcher: dispatcher)
  }

  /// The file that is meant if none is named; nil if there is none.
  private static func defaultFile(environment: [String: String]) -> String? {
    if let named = environment["TWIN_CONFIG"], !named.isEmpty { return named }
    let file = FileManager.default.currentDirectoryPath + "/twin.yaml"
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }

  private init(
    _ reader: SettingsReader, file: String, notices: [String], dispatcher: Dispatcher
  ) throws {
    self.file = file
    self.notices = notices + reader.resolver.notices
    environment = reader.resolver.environment
    self.dispatcher = dispatcher
    authors = try AuthorsReader(reader: reader, dispatcher: dispatcher).authors()
    warehouse = try reader.text("warehouse.url")
    vectors = .init(
      url: try reader.text("vectors.url"), apiKey: try reader.optionalText("vectors.api_key"),
      prefix: try reader.optionalText("vectors.prefix") ?? "")
    embedding = .init(
      model: try reader.text("embedding.model"), precision: try reader.text("embedding.precision"),
      queryPrefix: try reader.optionalText("embedding.query_prefix"),
      passagePrefix: try reader.optionalText("embedding.passage_prefix"),
      overLimit: try reader.text("embedding.over_limit"))
    cleaningStrategy = try reader.text("cleaning.strategy")
    chunking = try reader.chunking()
    search = .init(
      mode: try reader.text("search.mode"), limit: try reader.integer("search.limit"),
      fusion: try reader.text("search.fusion"), reciprocalRankConstant: try reader.number("search.rrf_constant"),
      alpha: try reader.number("search.alpha"), candidates: try reader.integer("search.candidates"),
      diversity: try reader.number("search.diversity"))
    languageModel = try reader.languageModel()
    fallbackModels = try reader.fallbackModels()
    modelPrices = try reader.modelPrices()
    prompts = try reader.promptPlace()
    dataset = try reader.dataset()
    crawl = .init(
      allowsPrivateAddresses: try reader.truth("crawl.allow_private_addresses"),
      concurrency: try reader.integer("crawl.concurrency"), perHost: try reader.integer("crawl.per_host"),
      delay: try reader.duration("crawl.delay"),
      ownSites: try reader.words("crawl.own_sites", wanted: "a host, such as `ada.example`, or `*.` and a host") {
        LinkPattern($0).isHost
      },
      userAgent: try reader.text("crawl.user_agent"), contact: try reader.optionalText("crawl.contact"))
    http = .init(certificateAuthorityFile: try reader.certificateFile("http.certificate_authority_file"))
    runs = try reader.text("runs")
    cache = .init(folder: try reader.text("cache.folder"), limit: try reader.size("cache.limit"))
    maximumFailures = try reader.failureLimit("max_failures")
    lineage = try reader.lineage("lineage")
    origins = Dictionary(
      SettingKey.all.compactMap { key in reader.resolver.setting(key).map { (key.path, $0.origin) } },
      uniquingKeysWith: { $1 })
    resolved = SettingKey.all.compactMap { Self.resolved($0, reader) }
    try checkConsistency(reader)
  }

  private func checkConsistency(_ reader: SettingsReader) throws {
    for model in [languageModel] + fallbackModels
    where model.provider != "extractive" && model.model == nil && model.modelPath == nil {
      throw ConfigurationError.missing(
        key: "language_model.model", path: file,
        advice: "name the model that \(model.provider) serves, such as `mistral`"
          + (model.provider == "llama_cpp" ? ", or its file with `model_path`" : ""))
    }
  }

  private static func resolved(_ key: SettingKey, _ reader: SettingsReader) -> ResolvedSetting? {
    guard let setting = reader.resolver.setting(key) else { return nil }
    let value: String
    switch key.kind {
    case .secret: value = "••••"
    case .path: value = (try? reader.optionalText(key.path)).flatMap { $0 }.map(withoutSecrets) ?? ""
    case .models: value = flowText(withoutKeys(setting))
    case .address: value = (try? reader.optionalText(key.path)).flatMap { $0 }.map(withoutOptions) ?? ""
    default: value = flowText(setting)
    }
    return ResolvedSetting(key: key.path, value: value, origin: setting.origin.description)
  }
}

/// The same tree with dots for the keys of servers.
private func withoutKeys(_ setting: Setting) -> Setting {
  var setting = setting
  switch setting.value {
  case .list(let items): setting.value = .list(items.map(withoutKeys))
  case .map(let entries):
    setting.value = .map(
      entries.map { entry in
        let isKey = entry.key == "api_key"
        let inner = isKey ? Setting(value: .scalar("••••"), origin: entry.setting.origin) : withoutKeys(entry.setting)
        return Setting.Entry(key: entry.key, origin: entry.origin, setting: inner)
      })
  case .null, .scalar: break
  }
  return setting
}

/// A value without the password or the secret-looking parameters of the URL that it may be.
func withoutSecrets(_ text: String) -> String {
  text.contains("://") ? redactedURL(text) : text
}

/// An address of a store or a server without credentials and options; that of a file as it is.
func withoutOptions(_ address: String) -> String {
  address.hasPrefix("sqlite:") ? address : redactedAddress(address)
}

/// A setting as YAML flow text, on one line, fit to be shown.
func flowText(_ setting: Setting) -> String {
  switch setting.value {
  case .null: "null"
  case .scalar(let text): withoutSecrets(text)
  case .list(let items): "[" + items.map(flowText).joined(separator: ", ") + "]"
  case .map(let entries): "{" + entries.map { "\($0.key): \(flowText($0.setting))" }.joined(separator: ", ") + "}"
  }
}
