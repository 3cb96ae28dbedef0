import Foundation
import Yams

/// Reads YAML into a tree of settings that know their lines.
enum ConfigurationFile {
  /// The largest file that is read, in bytes.
  static let maximumBytes = 1 << 20
  /// The most values one file may unfold to; aliases can multiply a small file without end.
  static let maximumSettings = 100_000

  /// Reads a file.
  ///
  /// - Throws: ``ConfigurationError/unreadable(path:reason:)`` or
  ///   ``ConfigurationError/notYAML(path:line:column:reason:)``.
  static func read(_ path: String) throws -> Setting {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ConfigurationError.unreadable(path: path, reason: "there is no such file")
    }
    guard !isFolder.boolValue else {
      throw ConfigurationError.unreadable(path: path, reason: "it is a folder")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError.unreadable(path: path, reason: "permission denied")
    }
    guard data.count <= maximumBytes else {
      throw ConfigurationError.unreadable(path: path, reason: "it is larger than \(maximumBytes) bytes")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ConfigurationError.unreadable(path: path, reason: "it is not UTF-8 text")
    }
    return try parse(text) { .file(path: path, line: $0, column: $1) }
  }

  /// Parses YAML text; `origin` places a line and a column, both counted from 1.
  static func parse(_ text: String, origin: (Int, Int) -> SettingOrigin) throws -> Setting {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        return Setting(value: .map([]), origin: origin(1, 1))
      }
      var count = 0
      return try setting(node, origin: origin, count: &count)
    } catch let error as YamlError {
      throw located(error, origin: origin)
    }
  }

  private static func setting(
    _ node: Node, origin: (Int, Int) -> SettingOrigin, count: inout Int
  ) throws -> Setting {
    count += 1
    let place = origin(node.mark?.line ?? 1, node.mark?.column ?? 1)
    guard count <= maximumSettings else {
      throw notYAML(place, reason: "its aliases unfold to more than \(maximumSettings) values")
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return Setting(value: isNull ? .null : .scalar(scalar.string), origin: place)
    case .sequence(let sequence):
      return Setting(value: .list(try sequence.map { try setting($0, origin: origin, count: &count) }), origin: place)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in
        Setting.Entry(
          key: key.string ?? "", origin: origin(key.mark?.line ?? 1, key.mark?.column ?? 1),
          setting: try setting(value, origin: origin, count: &count))
      }
      return Setting(value: .map(entries), origin: place)
    case .alias:
      throw notYAML(place, reason: "an alias names an anchor that does not stand before it")
    }
  }

  private static func located(
    _ error: YamlError, origin: (Int, Int) -> SettingOrigin
  ) -> ConfigurationError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return notYAML(origin(mark.line, mark.column), reason: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "`\($0)`" }.joined(separator: ", ")
      return notYAML(origin(context.mark.line, context.mark.column), reason: "a key stands twice: \(keys)")
    default:
      return notYAML(origin(1, 1), reason: "\(error)")
    }
  }

  private static func notYAML(_ origin: SettingOrigin, reason: String) -> ConfigurationError {
    guard case .file(let path, let line, let column) = origin else {
      return .notYAML(path: "\(origin)", line: 1, column: 1, reason: reason)
    }
    return .notYAML(path: path, line: line, column: column, reason: reason)
  }
}
