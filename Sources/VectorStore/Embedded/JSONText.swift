import Domain
import Foundation

extension [String] {
  /// The strings as a JSON array: a list for SQLite's `json_each` in one bound parameter, however long it is.
  var jsonText: String {
    get throws {
      // An encoder is a load's time where each chunk has a list, which is empty or of plain words as a rule.
      if allSatisfy(\.isPlainInJSON) { return isEmpty ? "[]" : "[\"\(joined(separator: "\",\""))\"]" }
      return String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
  }

  /// The strings of a JSON array.
  init(jsonText: String) throws {
    self = try JSONDecoder().decode([String].self, from: Data(jsonText.utf8))
  }
}

extension String {
  /// Whether JSON has it as it is between quotes (RFC 8259, section 7).
  fileprivate var isPlainInJSON: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }
}

extension [Identifier] {
  /// The identifiers as a JSON array of strings.
  var jsonArray: String {
    get throws { try map(\.uuidString).jsonText }
  }
}
