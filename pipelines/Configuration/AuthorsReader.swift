import Foundation

/// Reads `author`, `authors` and `sources`.
struct AuthorsReader {
  let reader: SettingsReader

  func authors() throws -> [AuthorConfiguration] {
    let name = try reader.resolver.setting(reader.key("author")).flatMap { try self.name($0, at: "author") }
    let sources = try reader.resolver.setting(reader.key("sources")).map { try self.sources($0, at: "sources") }
    var authors = try reader.resolver.setting(reader.key("authors")).map(self.authors) ?? []
    if let name {
      authors.insert(AuthorConfiguration(name: name, sources: sources ?? []), at: 0)
    } else if sources?.isEmpty == false {
      throw ConfigurationError.missing(
        key: "author", path: reader.resolver.file, advice: "say whose writing the `sources` are")
    }
    return authors
  }

  private func authors(_ setting: Setting) throws -> [AuthorConfiguration] {
    try reader.list(setting, "authors", wanted: "a list of authors").map { item in
      switch item.value {
      case .scalar: return AuthorConfiguration(name: try name(item, at: "authors") ?? "", sources: [])
      case .map(let entries):
        try check(entries, known: ["name", "sources"], at: "authors")
        guard let name = try item["name"].flatMap({ try name($0, at: "authors.name") }) else {
          throw ConfigurationError.badValue(
            key: "authors", origin: item.origin, found: "an author without `name`", wanted: "{name: …, sources: […]}")
        }
        return AuthorConfiguration(
          name: name, sources: try item["sources"].map { try sources($0, at: "authors.sources") } ?? [])
      default:
        throw ConfigurationError.badValue(
          key: "authors", origin: item.origin, found: describe(item), wanted: "a name, or {name: …, sources: […]}")
      }
    }
  }

  private func sources(_ setting: Setting, at path: String) throws -> [SourceConfiguration] {
    try reader.list(setting, path, wanted: "a list of URLs and paths").map { item in
      switch item.value {
      case .scalar(let text): return SourceConfiguration(location: location(text), crawler: nil, tags: [])
      case .map(let entries):
        try check(entries, known: ["url", "path", "crawler", "tags"], at: path)
        guard let place = item["url"] ?? item["path"],
          let text = try reader.scalar(place, "\(path).url", wanted: "a URL or a path")
        else {
          throw ConfigurationError.badValue(
            key: path, origin: item.origin, found: "a source without `url`", wanted: "{url: …, crawler: …, tags: […]}")
        }
        let tags = try item["tags"].map { try reader.list($0, "\(path).tags", wanted: "a list of tags") } ?? []
        return SourceConfiguration(
          location: location(text),
          crawler: try item["crawler"].flatMap { try crawler($0, at: "\(path).crawler") },
          tags: try tags.compactMap { try reader.scalar($0, "\(path).tags", wanted: "a tag") })
      default:
        throw ConfigurationError.badValue(
          key: path, origin: item.origin, found: describe(item), wanted: "a URL, a path, or {url: …}")
      }
    }
  }

  /// A name that can be told from nothing.
  private func name(_ setting: Setting, at path: String) throws -> String? {
    guard let text = try reader.scalar(setting, path, wanted: "a name") else { return nil }
    let isName =
      text.contains { !$0.isWhitespace } && !text.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
    try reader.require(isName, path, setting, wanted: "a name on one line")
    return text
  }

  private func crawler(_ setting: Setting, at path: String) throws -> String? {
    let known = [CrawlerKind.repository, .article, .linkedIn, .notes].map(\.rawValue)
    guard let text = try reader.scalar(setting, path, wanted: "a crawler's name") else { return nil }
    let wanted = "one of " + known.map { "`\($0)`" }.joined(separator: ", ")
    try reader.require(known.contains(text), path, setting, wanted: wanted)
    return text
  }

  /// A URL as it stands (any scheme: the dispatcher judges it), a path made absolute.
  private func location(_ text: String) -> String {
    let scheme = text.prefix { $0.isLetter || $0.isNumber || "+-.".contains($0) }
    let looksLikeURL = scheme.count > 1 && text.dropFirst(scheme.count).hasPrefix(":")
    let looksLikeShell =
      text.contains("@") && text.contains(":") && !FileManager.default.fileExists(atPath: reader.absolutePath(text))
    return looksLikeURL || looksLikeShell ? text : reader.absolutePath(text)
  }

  private func check(_ entries: [Setting.Entry], known: [String], at path: String) throws {
    for entry in entries where !known.contains(entry.key) {
      throw ConfigurationError.unknownKey(key: entry.key, origin: entry.origin, known: known)
    }
  }
}
