import Foundation

/// A value that is not the same in two records.
public struct ValueChange: Codable, Sendable, Hashable {
  /// Where it is: names joined by points, places in a list in brackets, from 0; `[]` for a list from which elements are
  /// gone or to which some came, whatever their places.
  public var path: String
  /// The value before; nil if there was none.
  public var before: JSONValue?
  /// The value after; nil if there is none any more.
  public var after: JSONValue?

  /// A change at a path.
  public init(path: String, before: JSONValue?, after: JSONValue?) {
    self.path = path
    self.before = before
    self.after = after
  }
}

extension ValueChange {
  /// Reads a change; a `null` is a value, other than none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    path = try container.decode(String.self, forKey: .path)
    before = container.contains(.before) ? try container.decode(JSONValue.self, forKey: .before) : nil
    after = container.contains(.after) ? try container.decode(JSONValue.self, forKey: .after) : nil
  }
}

extension ValueChange: CustomStringConvertible {
  /// One line: `path: before -> after`, long values cut.
  public var description: String {
    switch (before, after) {
    case (nil, let after?): "\(path): \(readable(after)) is new"
    case (let before?, nil): "\(path): \(readable(before)) is gone"
    default: "\(path): \(before.map(readable) ?? "none") -> \(after.map(readable) ?? "none")"
    }
  }
}

/// A value in a line for people.
func readable(_ value: JSONValue) -> String {
  if case .string(let text) = value, !text.isEmpty, !text.contains("\n") { return shortened(text, to: 80) }
  guard let json = try? recordEncoder(pretty: false).encode(value) else { return "a value" }
  return shortened(String(decoding: json, as: UTF8.self), to: 80)
}
