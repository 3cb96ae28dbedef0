import Foundation

/// Reads `.env` files: `NAME=value` lines, with an optional `export`, comments and quotes.
enum DotEnvironment {
  static func read(_ path: String) throws -> [(name: String, value: String)] {
    guard let data = FileManager.default.contents(atPath: path), data.count <= ConfigurationFile.maximumBytes else {
      throw ConfigurationError.unreadable(path: path, reason: "permission denied, or it is too large")
    }
    return try parse(String(decoding: data, as: UTF8.self), path: path)
  }

  static func parse(_ text: String, path: String) throws -> [(name: String, value: String)] {
    var variables: [(name: String, value: String)] = []
    // Editors of other systems write carriage returns and a byte order mark.
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var line = line.trimmingPrefix(while: \.isWhitespace)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("export ") { line = line.dropFirst(7) }
      guard let equals = line.firstIndex(of: "="), equals != line.startIndex else {
        throw ConfigurationError.badLine(path: path, line: index + 1, wanted: "NAME=value")
      }
      let name = String(line[..<equals]).trimmingCharacters(in: .whitespaces)
      variables.append((name, unquoted(line[line.index(after: equals)...])))
    }
    return variables
  }

  private static func unquoted(_ text: Substring) -> String {
    let value = String(text).trimmingCharacters(in: .whitespaces)
    if let quote = value.first, quote == "\"" || quote == "'", let end = value.dropFirst().firstIndex(of: quote) {
      return String(value[value.index(after: value.startIndex)..<end])
    }
    if let comment = value.range(of: " #") {
      return String(value[..<comment.lowerBound]).trimmingCharacters(in: .whitespaces)
    }
    return value
  }
}
