import Domain
import Foundation

extension [String] {
  /// The strings as a JSON array: a list for SQLite's `json_each` in one bound parameter, however long it is.
  var jsonText: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  /// The strings of a JSON array.
  init(jsonText: String) throws {
    self = try JSONDecoder().decode([String].self, from: Data(jsonText.utf8))
  }
}

extension [Identifier] {
  /// The identifiers as a JSON array of strings.
  var jsonArray: String {
    get throws { try map(\.uuidString).jsonText }
  }
}
