import Foundation

/// A value of a JSON document, strict and exact: a whole number of 64 bits keeps all its digits.
enum JSONField: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([JSONField])
  case object([String: JSONField])

  /// Reads a document (RFC 8259); nil if it is none, or nested too deeply for Foundation.
  static func read(_ bytes: some Sequence<UInt8>) -> JSONField? {
    try? JSONDecoder().decode(JSONField.self, from: Data(bytes))
  }

  /// The member of an object.
  subscript(name: String) -> JSONField? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  /// The items of a list; none of anything else.
  var items: [JSONField] {
    if case .list(let items) = self { items } else { [] }
  }

  /// What a text, a number or a truth value says; of a list of texts, its paragraphs. Nil for nothing.
  var string: String? {
    switch self {
    case .null, .object: return nil
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return String(value)
    case .text(let text): return text
    case .list(let items):
      let texts = items.compactMap { if case .text(let text) = $0 { text } else { nil } }
      return texts.count == items.count && !texts.isEmpty ? texts.joined(separator: "\n\n") : nil
    }
  }

  /// A moment: ISO 8601, a day, or seconds or milliseconds since 1970.
  var date: Date? {
    switch self {
    case .integer(let value): return Self.date(since1970: Double(value))
    case .number(let value): return Self.date(since1970: value)
    case .text(let text): return Self.date(text.trimmingCharacters(in: .whitespaces))
    default: return nil
    }
  }

  private static func date(since1970 value: Double) -> Date? {
    // Until the year 2286 seconds have ten digits, and since 1973 milliseconds have twelve or more.
    let seconds = abs(value) < 1e10 ? value : value / 1000
    return value > 0 && seconds < 1e10 ? Date(timeIntervalSince1970: seconds) : nil
  }

  private static func date(_ text: String) -> Date? {
    if let moment = try? Date(text, strategy: .iso8601) { return moment }
    if let moment = try? Date(text.replacing(" ", with: "T") + "Z", strategy: .iso8601) { return moment }
    return try? Date(String(text.prefix(10)), strategy: .iso8601.year().month().day())
  }
}

extension JSONField: Decodable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  /// Reads any value.
  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if let text = try? single.decode(String.self) {
      self = .text(text)
    } else if let members = try? decoder.container(keyedBy: Name.self) {
      var object: [String: JSONField] = [:]
      for name in members.allKeys { object[name.stringValue] = try members.decode(JSONField.self, forKey: name) }
      self = .object(object)
    } else if var items = try? decoder.unkeyedContainer() {
      var list: [JSONField] = []
      while !items.isAtEnd { list.append(try items.decode(JSONField.self)) }
      self = .list(list)
    } else if single.decodeNil() {
      self = .null
    } else if let value = try? single.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? single.decode(Bool.self) {
      self = .bool(value)
    } else {
      self = .number(try single.decode(Double.self))
    }
  }
}
