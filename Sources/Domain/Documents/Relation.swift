/// To whose writing a document belongs, when it does not stand by itself. What is quoted of it stands in the document's
/// text as Markdown block quotes.
public enum Relation: Hashable, Sendable {
  /// An answer, and to what, if that has a link.
  case reply(to: String?)
  /// Something passed on with words of one's own, and of what, if that has a link.
  case reshare(of: String?)

  /// `reply` or `reshare`.
  public var kind: String {
    switch self {
    case .reply: "reply"
    case .reshare: "reshare"
    }
  }

  /// The canonical link of the other writing, if it has one.
  public var link: String? {
    switch self {
    case .reply(let link), .reshare(let link): link
    }
  }
}

extension Relation: Codable {
  enum CodingKeys: String, CodingKey { case kind, link }

  /// Reads `{"kind": "reply", "link": "…"}`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let link = try container.decodeIfPresent(String.self, forKey: .link)
    switch try container.decode(String.self, forKey: .kind) {
    case "reply": self = .reply(to: link)
    case "reshare": self = .reshare(of: link)
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "a relation is a `reply` or a `reshare`")
    }
  }

  /// Writes the same.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encodeIfPresent(link, forKey: .link)
  }
}
