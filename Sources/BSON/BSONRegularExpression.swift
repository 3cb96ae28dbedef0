/// A regular expression that MongoDB evaluates. Neither part may have a NUL character.
public struct BSONRegularExpression: Hashable, Sendable {
  /// The pattern, in the language of PCRE.
  public var pattern: String
  /// Its options, letters such as `i`, in alphabetical order.
  public var options: String

  /// A pattern and its options, whose letters are put in order.
  public init(pattern: String, options: String = "") {
    self.pattern = pattern
    self.options = String(options.sorted())
  }

  /// As it was read.
  init(storedPattern: String, options: String) {
    pattern = storedPattern
    self.options = options
  }
}

extension BSONRegularExpression: Codable {
  /// Reads a regular expression; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONRegularExpression.self, "regular expression", from: decoder) { value in
      if case .regularExpression(let expression) = value { expression } else { nil }
    }
  }

  /// Writes a regular expression; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try BSONValue.regularExpression(self).encode(to: encoder) }
}
