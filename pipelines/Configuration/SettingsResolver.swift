import Foundation

/// Puts a configuration together: flags over environment over `.env` over file over built-in values.
struct SettingsResolver {
  /// The folder that relative paths are relative to.
  let folder: String
  /// The file as messages name it.
  let file: String
  /// The values as set, before built-in ones.
  private(set) var tree: Setting
  private let variables: [String: (value: String, origin: SettingOrigin)]

  /// Every variable that is set, here or in the process.
  var environment: [String: String] { variables.mapValues(\.value) }

  /// Remarks on variables that look like settings of ours and are none.
  var notices: [String] {
    let known = SettingKey.all.map(\.environmentName) + SettingKey.shortForms.keys.map { "TWIN_" + $0.uppercased() }
    return variables.keys.filter { $0.hasPrefix("TWIN_") && !known.contains($0) }.sorted().compactMap { name in
      nearestName(to: name, in: known).map {
        "\(variables[name].map { "\($0.origin)" } ?? name) sets nothing; did you mean \($0)?"
      }
    }
  }

  init(
    tree: Setting, file: String, folder: String, environment: [String: String],
    overrides: [(path: String, value: String)], readsDotEnvironment: Bool = true
  ) throws {
    self.file = file
    self.folder = folder
    variables = try Self.variables(folder: readsDotEnvironment ? folder : nil, environment: environment)
    self.tree = try Self.normalised(Self.expanded(tree, variables: variables))
    try Self.checkKeys(self.tree, at: [])
    try applyEnvironment()
    for (path, value) in overrides { try apply(value, to: path, origin: .flag("--set \(path)")) }
    try Self.checkKeys(self.tree, at: [])
  }

  /// The same settings with another value for a key of the top, whatever variables and flags say of it.
  ///
  /// - Throws: ``ConfigurationError/unknownKey(key:origin:known:)``.
  func replacing(_ key: String, with setting: Setting) throws -> SettingsResolver {
    var copy = self
    copy.tree = try Self.normalised(tree.replacing([key], with: setting))
    try Self.checkKeys(copy.tree, at: [])
    return copy
  }

  /// Whether a value was set for a key.
  func isSet(_ path: String) -> Bool {
    var setting: Setting? = tree
    for component in path.split(separator: ".") { setting = setting?[String(component)] }
    return setting != nil
  }

  /// The setting at a key, or its built-in value.
  func setting(_ key: SettingKey) -> Setting? {
    var setting: Setting? = tree
    for component in key.components { setting = setting?[component] }
    if let setting, case .null = setting.value {} else if setting != nil { return setting }
    return key.builtIn.flatMap { text in
      try? ConfigurationFile.parse(text) { _, _ in .builtIn }
    }
  }

  private mutating func applyEnvironment() throws {
    for key in SettingKey.all {
      let short = SettingKey.shortForms.first { key.path == "\($0.key).\($0.value)" }
      let names = [key.environmentName] + (short.map { ["TWIN_" + $0.key.uppercased()] } ?? [])
      for name in names {
        guard let variable = variables[name], !variable.value.isEmpty else { continue }
        try apply(variable.value, to: key.path, origin: variable.origin)
      }
    }
  }

  private mutating func apply(_ value: String, to path: String, origin: SettingOrigin) throws {
    var components = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let new = try parsed(value, for: path, origin: origin)
    if components.count == 1, let long = SettingKey.shortForms[path], case .scalar = new.value {
      components.append(long)
    }
    tree = tree.replacing(components[...], with: new)
  }

  /// A value as YAML; one that can only be text is not parsed, since an address may look like a mapping.
  private func parsed(_ value: String, for path: String, origin: SettingOrigin) throws -> Setting {
    let isFlow = value.hasPrefix("{") || value.hasPrefix("[")
    let long = SettingKey.shortForms[path].map { "\(path).\($0)" } ?? path
    if !isFlow, let key = SettingKey.all.first(where: { $0.path == long }), key.kind.isText, !value.isEmpty {
      return Setting(value: .scalar(value), origin: origin)
    }
    let setting = try ConfigurationFile.parse(value) { _, _ in origin }
    if case .map(let entries) = setting.value, entries.isEmpty { return Setting(value: .null, origin: origin) }
    return setting
  }

  // MARK: Variables

  private static func variables(
    folder: String?, environment: [String: String]
  ) throws -> [String: (value: String, origin: SettingOrigin)] {
    var variables: [String: (value: String, origin: SettingOrigin)] = [:]
    if let path = folder.map({ $0 + "/.env" }), FileManager.default.fileExists(atPath: path) {
      for (name, value) in try DotEnvironment.read(path) {
        variables[name] = (value, .dotEnvironment(path: path, name: name))
      }
    }
    for (name, value) in environment { variables[name] = (value, .environment(name: name)) }
    return variables
  }

  /// Replaces `${NAME}` and `${NAME:-default}` in every scalar; `$$` stands for a dollar sign.
  private static func expanded(
    _ setting: Setting, variables: [String: (value: String, origin: SettingOrigin)]
  ) throws -> Setting {
    var setting = setting
    switch setting.value {
    case .null: break
    case .scalar(let text):
      setting.value = .scalar(
        try VariableExpansion.expand(
          text, lookup: { variables[$0]?.value },
          unset: { ConfigurationError.unsetVariable(name: $0, origin: setting.origin) }))
    case .list(let items):
      setting.value = .list(try items.map { try expanded($0, variables: variables) })
    case .map(let entries):
      setting.value = .map(
        try entries.map {
          Setting.Entry(key: $0.key, origin: $0.origin, setting: try expanded($0.setting, variables: variables))
        })
    }
    return setting
  }

  // MARK: Keys

  /// Gives every key with a short form its long one.
  private static func normalised(_ tree: Setting) throws -> Setting {
    guard case .map(let entries) = tree.value else {
      throw ConfigurationError.badValue(
        key: "the configuration", origin: tree.origin, found: describe(tree), wanted: "a mapping of keys to values")
    }
    let long = entries.map { entry in
      guard let key = SettingKey.shortForms[entry.key], case .scalar = entry.setting.value else { return entry }
      let inner = Setting.Entry(key: key, origin: entry.setting.origin, setting: entry.setting)
      return Setting.Entry(
        key: entry.key, origin: entry.origin, setting: Setting(value: .map([inner]), origin: entry.origin))
    }
    return Setting(value: .map(long), origin: tree.origin)
  }

  private static func checkKeys(_ tree: Setting, at path: [String]) throws {
    guard case .map(let entries) = tree.value else { return }
    for entry in entries {
      let here = path + [entry.key]
      let keys = SettingKey.all.filter { $0.components.starts(with: here) }
      if keys.isEmpty {
        let known = SettingKey.all.filter { $0.components.starts(with: path) && $0.components.count > path.count }
        throw ConfigurationError.unknownKey(
          key: here.joined(separator: "."), origin: entry.origin,
          known: Set(known.map { $0.components.prefix(here.count).joined(separator: ".") }).sorted())
      }
      if keys.contains(where: { $0.components.count > here.count }) {
        switch entry.setting.value {
        case .null, .map: break
        case .scalar, .list:
          throw ConfigurationError.badValue(
            key: here.joined(separator: "."), origin: entry.setting.origin, found: describe(entry.setting),
            wanted: "a mapping with \(keys.map { "`\($0.components.last ?? "")`" }.joined(separator: ", "))")
        }
        try checkKeys(entry.setting, at: here)
      }
    }
  }
}

/// A setting's value as error messages show it.
func describe(_ setting: Setting) -> String {
  switch setting.value {
  case .null: "empty"
  // Whatever stands there may have been meant as an address with a password.
  case .scalar(let text): "`\(text.contains("@") ? redactedAddress(text) : withoutSecrets(text))`"
  case .list: "a list"
  case .map: "a mapping"
  }
}
