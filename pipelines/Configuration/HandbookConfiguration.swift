/// Reads the pipeline files of the LLM Engineers Handbook, which have their values under `parameters`, as they are.
enum HandbookConfiguration {
  /// Translates such a file to our keys; any other tree is returned unchanged.
  ///
  /// Where both shapes stand in one file, our keys win.
  /// - Returns: the tree, and remarks about what was not acted on.
  static func translated(_ tree: Setting, file: String) throws -> (Setting, notices: [String]) {
    guard case .map(let entries) = tree.value, let parameters = tree["parameters"] else { return (tree, []) }
    guard case .map(let given) = parameters.value else {
      throw ConfigurationError.badValue(
        key: "parameters", origin: parameters.origin, found: describe(parameters), wanted: "a mapping")
    }
    var notices: [String] = []
    if tree["settings"] != nil {
      notices.append("\(file): the `settings` of another orchestrator are ignored.")
    }
    var result = Setting(value: .map([]), origin: tree.origin)
    for entry in given { try apply(entry, to: &result, notices: &notices) }
    for entry in entries where !["parameters", "settings"].contains(entry.key) {
      result = result.replacing([entry.key], with: entry.setting)
    }
    return (result, notices)
  }

  private static func apply(_ entry: Setting.Entry, to result: inout Setting, notices: inout [String]) throws {
    let value = entry.setting
    func set(_ path: String, _ setting: Setting) {
      result = result.replacing(path.split(separator: ".").map(String.init)[...], with: setting)
    }
    switch entry.key {
    case "user_full_name": set("author", value)
    case "links": set("sources", value)
    case "author_full_names": set("authors", value)
    case "author_links": set("authors", renamingKeys(of: value, ["user_full_name": "name", "links": "sources"]))
    case "test_split_size": set("dataset.test_split", value)
    case "dataset_type": set("dataset.kind", value)
    case "mock":
      if flowText(value).lowercased() == "true" {
        set("language_model", Setting(value: .scalar("extractive"), origin: value.origin))
      }
    case "push_to_huggingface":
      if flowText(value).lowercased() == "true" {
        notices.append("\(entry.origin): nothing is pushed anywhere by a configuration; the set stays on this machine.")
      }
    case "dataset_id": break  // The name of a push that is not made.
    default:
      throw ConfigurationError.unknownKey(key: "parameters.\(entry.key)", origin: entry.origin, known: known)
    }
  }

  private static let known = [
    "user_full_name", "links", "author_links", "author_full_names", "test_split_size", "dataset_type", "mock",
    "push_to_huggingface", "dataset_id",
  ].map { "parameters.\($0)" }

  private static func renamingKeys(of list: Setting, _ names: [String: String]) -> Setting {
    guard case .list(let items) = list.value else { return list }
    let renamed = items.map { item -> Setting in
      guard case .map(let entries) = item.value else { return item }
      let translated = entries.map {
        Setting.Entry(key: names[$0.key] ?? $0.key, origin: $0.origin, setting: $0.setting)
      }
      return Setting(value: .map(translated), origin: item.origin)
    }
    return Setting(value: .list(renamed), origin: list.origin)
  }
}
