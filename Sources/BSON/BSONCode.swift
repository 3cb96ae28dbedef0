/// JavaScript, with or without values for its variables.
public struct BSONCode: Hashable, Sendable {
  /// The program.
  public var text: String
  /// The values of its variables; the type with it is deprecated.
  public var scope: BSONDocument?

  /// A program.
  public init(_ text: String, scope: BSONDocument? = nil) {
    self.text = text
    self.scope = scope
  }

  var value: BSONValue {
    if let scope { .codeWithScope(text, scope: scope) } else { .code(text) }
  }
}

extension BSONCode: Codable {
  /// Reads code with or without a scope; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONCode.self, "code", from: decoder) { value in
      switch value {
      case .code(let text): BSONCode(text)
      case .codeWithScope(let text, let scope): BSONCode(text, scope: scope)
      default: nil
      }
    }
  }

  /// Writes code; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
