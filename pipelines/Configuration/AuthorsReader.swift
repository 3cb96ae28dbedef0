import Foundation

/// Reads `author`, `authors` and `sources`.
struct AuthorsReader {
  let reader: SettingsReader
  let dispatcher: Dispatcher

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
        guard let place = item["url"] ?? item["path"],
          let text = try reader.scalar(place, "\(path).url", wanted: "a URL or a path")
        else {
          throw ConfigurationError.badValue(
            key: path, origin: item.origin, found: "a source without `url`", wanted: "{url: …, crawler: …, tags: […]}")
        }
        let named = try item["crawler"].flatMap { try crawler($0, at: "\(path).crawler") }
        let options = dispatcher.options(
          of: CrawlSource(location(text), crawler: named.map { CrawlerKind(rawValue: $0) }))
        try check(entries, known: Self.sourceKeys + options.map(\.name), at: path)
        let tags = try item["tags"].map { try reader.list($0, "\(path).tags", wanted: "a list of tags") } ?? []
        return SourceConfiguration(
          location: location(text),
          crawler: named, tags: try tags.compactMap { try reader.scalar($0, "\(path).tags", wanted: "a tag") },
          options: try values(of: options, in: item, at: path))
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

  /// The keys that every source may have.
  private static let sourceKeys = ["url", "path", "crawler", "tags"]

  /// What a source says of its crawler's options.
  private func values(
    of options: [SourceOption], in item: Setting, at path: String
  ) throws -> [String: [String]] {
    var values: [String: [String]] = [:]
    for option in options {
      guard let setting = item[option.name] else { continue }
      let key = "\(path).\(option.name)"
      switch option.kind {
      case .flag:
        let text = try reader.scalar(setting, key, wanted: "true or false")?.lowercased() ?? ""
        try reader.require(
          ["true", "false", "yes", "no"].contains(text), key, setting, wanted: "`true` or `false`")
        values[option.name] = [["true", "yes"].contains(text) ? "true" : "false"]
      case .text: values[option.name] = try reader.scalar(setting, key, wanted: "a text").map { [$0] }
      case .list:
        values[option.name] = try reader.list(setting, key, wanted: "a list of texts").compactMap {
          try reader.scalar($0, key, wanted: "a text")
        }
      }
    }
    return values
  }

  private func crawler(_ setting: Setting, at path: String) throws -> String? {
    let known = dispatcher.kinds.map(\.rawValue)
    guard let text = try reader.scalar(setting, path, wanted: "a crawler's name") else { return nil }
    let wanted = "one of " + known.map { "`\($0)`" }.joined(separator: ", ")
    try reader.require(known.contains(text), path, setting, wanted: wanted)
    return text
  }

  private func location(_ text: String) -> String { sourceLocation(text, absolutePath: reader.absolutePath) }

  private func check(_ entries: [Setting.Entry], known: [String], at path: String) throws {
    for entry in entries where !known.contains(entry.key) {
      throw ConfigurationError.unknownKey(key: entry.key, origin: entry.origin, known: known)
    }
  }
}

/// A URL as it stands (of any scheme, such as `arxiv:2101.00001`: the dispatcher judges it), a path made absolute.
func sourceLocation(_ text: String, absolutePath: (String) -> String) -> String {
  let scheme = text.prefix { $0.isLetter || $0.isNumber || "+-.".contains($0) }
  let looksLikeURL = scheme.count > 1 && text.dropFirst(scheme.count).hasPrefix(":")
  let looksLikeShell =
    text.contains("@") && text.contains(":") && !FileManager.default.fileExists(atPath: absolutePath(text))
  return looksLikeURL || looksLikeShell ? text : absolutePath(text)
}
