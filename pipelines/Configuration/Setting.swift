/// One value of the configuration and where it came from.
public struct Setting: Sendable {
  /// What was written.
  public enum Value: Sendable {
    /// Nothing, or an explicit null.
    case null
    /// A scalar's text, not yet read as a number or a truth value.
    case scalar(String)
    /// A sequence.
    case list([Setting])
    /// A mapping, in the order of the file.
    case map([Entry])
  }

  /// One key of a mapping.
  public struct Entry: Sendable {
    /// The key's text.
    public var key: String
    /// Where the key stands.
    public var origin: SettingOrigin
    /// Its value.
    public var setting: Setting
  }

  /// What was written.
  public var value: Value
  /// Where it came from.
  public var origin: SettingOrigin

  subscript(key: String) -> Setting? {
    guard case .map(let entries) = value else { return nil }
    return entries.first { $0.key == key }?.setting
  }

  /// The same tree with the setting at a path replaced or added; a scalar on the way gives way to a mapping.
  func replacing(_ path: ArraySlice<String>, with new: Setting) -> Setting {
    guard let key = path.first else { return new }
    var entries: [Entry] = if case .map(let old) = value { old } else { [] }
    let index = entries.firstIndex { $0.key == key }
    let child = index.map { entries[$0].setting } ?? Setting(value: .null, origin: new.origin)
    let entry = Entry(key: key, origin: new.origin, setting: child.replacing(path.dropFirst(), with: new))
    if let index { entries[index] = entry } else { entries.append(entry) }
    return Setting(value: .map(entries), origin: origin)
  }
}

/// Where a setting came from; later cases win over earlier ones.
public enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
  /// Built in.
  case builtIn
  /// A line of a configuration file, both counted from 1.
  case file(path: String, line: Int, column: Int)
  /// A variable of the `.env` file beside the configuration.
  case dotEnvironment(path: String, name: String)
  /// An environment variable.
  case environment(name: String)
  /// `--set` or a flag of the command line.
  case flag(String)

  /// The origin as messages name it: `me.yaml:3:1`, `TWIN_WAREHOUSE`, `--set`.
  public var description: String {
    switch self {
    case .builtIn: "default"
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .dotEnvironment(let path, let name): "\(path) (\(name))"
    case .environment(let name): name
    case .flag(let name): name
    }
  }
}
