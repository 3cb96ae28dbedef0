extension SettingsReader {
  /// A number of bytes, such as `500MB`; the units are powers of ten.
  func size(_ path: String) throws -> Int {
    guard let setting = resolver.setting(key(path)) else { return 0 }
    let wanted = "a size such as 500MB or 4GB, at most 1000TB"
    let text = try scalar(setting, path, wanted: wanted)?.uppercased() ?? ""
    let units: [(String, Double)] = [("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1), ("", 1)]
    for (unit, bytes) in units where text.hasSuffix(unit) {
      if let value = Double(text.dropLast(unit.count)), (0...1e15).contains(value * bytes) { return Int(value * bytes) }
    }
    throw ConfigurationError.badValue(key: path, origin: setting.origin, found: "`\(text)`", wanted: wanted)
  }

  /// A number of items, or a percentage of them; nil if there is no limit.
  func failureLimit(_ path: String) throws -> FailureLimit? {
    guard let setting = resolver.setting(key(path)) else { return nil }
    let wanted = "a number of items such as 10, or a percentage such as 5%"
    guard let text = try scalar(setting, path, wanted: wanted) else { return nil }
    if let count = Int(text), count >= 0 { return .count(count) }
    if text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent) {
      return .fraction(percent / 100)
    }
    throw ConfigurationError.badValue(key: path, origin: setting.origin, found: "`\(text)`", wanted: wanted)
  }

  /// A list of words, each of which `isValid`.
  func words(_ path: String, wanted: String, where isValid: (String) -> Bool) throws -> [String] {
    guard let setting = resolver.setting(key(path)) else { return [] }
    return try list(setting, path, wanted: wanted).map { item in
      let text = try scalar(item, path, wanted: wanted) ?? ""
      try require(isValid(text), path, item, wanted: wanted)
      return text
    }
  }

  /// A file, or the address of a server; nil if lineage is told to nobody.
  func lineage(_ path: String) throws -> LineageTarget? {
    guard let text = try optionalText(path), !text.isEmpty else { return nil }
    let isServer = ["http://", "https://"].contains { text.lowercased().hasPrefix($0) }
    return isServer ? .server(text) : .file(absolutePath(text))
  }
}
