import Foundation

/// Reads typed values out of resolved settings; each error names the key, its place and what it must be.
struct SettingsReader {
  let resolver: SettingsResolver

  func key(_ path: String) -> SettingKey {
    guard let key = SettingKey.all.first(where: { $0.path == path }) else {
      preconditionFailure("there is no setting \(path)")
    }
    return key
  }

  func text(_ path: String) throws -> String {
    try optionalText(path) ?? ""
  }

  func optionalText(_ path: String) throws -> String? {
    let key = key(path)
    guard let setting = resolver.setting(key), let text = try scalar(setting, path, wanted: "text") else { return nil }
    switch key.kind {
    case .choice(let choices):
      try require(choices.contains(text), path, setting, wanted: "one of \(quoted(choices))")
      return text
    case .path: return absolutePath(text)
    case .address(let schemes):
      let scheme = String(text.prefix { $0 != ":" }).lowercased()
      let wanted = "an address that begins with \(quoted(schemes.map { $0 == "sqlite" ? "sqlite:" : $0 + "://" }))"
      try require(schemes.contains(scheme) && text.count > scheme.count + 1, path, setting, wanted: wanted)
      return absoluteAddress(text)
    default: return text
    }
  }

  func integer(_ path: String) throws -> Int {
    guard case .integer(let range) = key(path).kind, let setting = resolver.setting(key(path)) else { return 0 }
    let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    let value = try scalar(setting, path, wanted: wanted).flatMap { Int($0) }
    try require(value.map(range.contains) ?? false, path, setting, wanted: wanted)
    return value ?? 0
  }

  /// A whole number; nil when it is not set.
  func optionalInteger(_ path: String) throws -> Int? { resolver.isSet(path) ? try integer(path) : nil }

  func number(_ path: String) throws -> Double {
    guard case .number(let range) = key(path).kind, let setting = resolver.setting(key(path)) else { return 0 }
    let wanted = "a number from \(range.lowerBound) to \(range.upperBound)"
    let value = try scalar(setting, path, wanted: wanted).flatMap { Double($0) }
    try require(value.map(range.contains) ?? false, path, setting, wanted: wanted)
    return value ?? 0
  }

  func truth(_ path: String) throws -> Bool {
    guard let setting = resolver.setting(key(path)) else { return false }
    let text = try scalar(setting, path, wanted: "true or false")?.lowercased() ?? ""
    try require(["true", "false", "yes", "no"].contains(text), path, setting, wanted: "`true` or `false`")
    return ["true", "yes"].contains(text)
  }

  /// A length of time in seconds.
  func duration(_ path: String) throws -> Double {
    guard let setting = resolver.setting(key(path)) else { return 0 }
    let wanted = "a length of time such as 500ms, 1s or 2m, at most 24h"
    let text = try scalar(setting, path, wanted: wanted) ?? ""
    let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)]
    for (unit, seconds) in units where text.hasSuffix(unit) {
      if let value = Double(text.dropLast(unit.count)), (0...86_400).contains(value * seconds) {
        return value * seconds
      }
    }
    throw ConfigurationError.badValue(key: path, origin: setting.origin, found: "`\(text)`", wanted: wanted)
  }

  func choices(_ path: String) throws -> [String] {
    guard case .choices(let known) = key(path).kind, let setting = resolver.setting(key(path)) else { return [] }
    let wanted = "a list of \(quoted(known))"
    let items = try list(setting, path, wanted: wanted)
    try require(!items.isEmpty, path, setting, wanted: wanted)
    return try items.map { item in
      let text = try scalar(item, path, wanted: wanted) ?? ""
      try require(known.contains(text), path, item, wanted: "one of \(quoted(known))")
      return text
    }
  }

  // MARK: Parts

  func list(_ setting: Setting, _ path: String, wanted: String) throws -> [Setting] {
    switch setting.value {
    case .list(let items): return items
    case .scalar: return [setting]
    case .null: return []
    case .map:
      throw ConfigurationError.badValue(key: path, origin: setting.origin, found: describe(setting), wanted: wanted)
    }
  }

  func scalar(_ setting: Setting, _ path: String, wanted: String) throws -> String? {
    switch setting.value {
    case .scalar(let text): return text
    case .null: return nil
    default:
      throw ConfigurationError.badValue(key: path, origin: setting.origin, found: describe(setting), wanted: wanted)
    }
  }

  func require(_ condition: Bool, _ path: String, _ setting: Setting, wanted: String) throws {
    guard condition else {
      throw ConfigurationError.badValue(key: path, origin: setting.origin, found: describe(setting), wanted: wanted)
    }
  }

  /// A path made absolute against the configuration's folder, `~` expanded.
  func absolutePath(_ path: String) -> String {
    let expanded = (path as NSString).expandingTildeInPath
    guard !expanded.hasPrefix("/") else { return standardized(expanded) }
    return standardized(resolver.folder + "/" + expanded)
  }

  private func absoluteAddress(_ address: String) -> String {
    // The scheme is written as everybody looks for it, since upper and lower case are the same there (RFC 3986).
    guard address.lowercased().hasPrefix("sqlite:") else { return address }
    return "sqlite:" + absolutePath(String(address.dropFirst("sqlite:".count)))
  }

  private func standardized(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  func quoted(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }
}
