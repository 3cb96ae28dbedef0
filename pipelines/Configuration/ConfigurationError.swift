/// What is wrong with a configuration; each says where and what to do.
public enum ConfigurationError: Error, CustomStringConvertible {
  /// No configuration file was named and there is none to be found.
  case noFile(folder: String)
  /// The named file does not exist or cannot be read.
  case unreadable(path: String, reason: String)
  /// The file is not YAML.
  case notYAML(path: String, line: Int, column: Int, reason: String)
  /// A line of an `.env` file that is not what it should be.
  case badLine(path: String, line: Int, wanted: String)
  /// A key that means nothing.
  case unknownKey(key: String, origin: SettingOrigin, known: [String])
  /// A value of the wrong kind or out of range.
  case badValue(key: String, origin: SettingOrigin, found: String, wanted: String)
  /// A value that is needed and not there.
  case missing(key: String, path: String, advice: String)
  /// `${NAME}` of a variable that is not set.
  case unsetVariable(name: String, origin: SettingOrigin)

  /// What was being read, where it is wrong, and what to do about it.
  public var description: String {
    switch self {
    case .noFile(let folder):
      "there is no configuration: name a file with --config or TWIN_CONFIG, or make \(folder)/twin.yaml with "
        + "`twin init`."
    case .unreadable(let path, let reason):
      "cannot read the configuration \(path): \(reason). Check the path, or make one with `twin init`."
    case .notYAML(let path, let line, let column, let reason):
      "\(path):\(line):\(column): this is not valid YAML: \(reason)."
    case .badLine(let path, let line, let wanted): "\(path):\(line): this line is not \(wanted)."
    case .unknownKey(let key, let origin, let known):
      "\(origin): unknown key `\(key)`\(suggestion(for: key, among: known))"
    case .badValue(let key, let origin, let found, let wanted):
      "\(origin): `\(key)` is \(found), but must be \(wanted)\(suggestion(for: found, in: wanted))"
    case .missing(let key, let path, let advice):
      "\(path): `\(key)` is missing: \(advice)."
    case .unsetVariable(let name, let origin):
      "\(origin): the variable ${\(name)} is not set: export it, put it into the .env file beside the configuration, "
        + "or give a default with ${\(name):-default}."
    }
  }
}

private func suggestion(for key: String, among known: [String]) -> String {
  if let near = nearestName(to: key, in: known) { return "; did you mean `\(near)`?" }
  return known.isEmpty ? "." : "; known here: \(known.sorted().joined(separator: ", "))."
}

private func suggestion(for found: String, in wanted: String) -> String {
  let choices = wanted.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
  let bare = found.trimmingPrefix("`").prefix { $0 != "`" }
  // What is a choice already is wrong in another way.
  guard !choices.contains(String(bare)) else { return "." }
  return nearestName(to: String(bare), in: choices).map { "; did you mean `\($0)`?" } ?? "."
}
