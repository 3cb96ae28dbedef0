import Foundation
import Pipelines

extension JSONValue {
  /// The member of an object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// A whole number.
  var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// A scalar as text.
  var text: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): String(number)
    default: nil
    }
  }

  /// The value on one line: a text as it is, anything else as JSON, cut where it gets long.
  var line: String {
    let limit = 120
    let whole: String
    if let text {
      whole = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    } else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      whole = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    return whole.count > limit ? whole.prefix(limit - 1) + "…" : whole
  }
}
