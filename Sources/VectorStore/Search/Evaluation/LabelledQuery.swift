import Domain

/// A question and what should be found for it, as a person judged.
public struct LabelledQuery: Codable, Hashable, Sendable {
  /// The question in words.
  public var text: String
  /// What answers it, and how well: grades above 0, where 1 is the usual one.
  ///
  /// A label names a chunk or a document by its identifier, or a document by its link or by the link's end after a `/` or
  /// `#`: `notes/cron-habits.md` names `file:///home/ada/notes/cron-habits.md`.
  public var relevant: [String: Double]
  /// What kind of question it is, if questions are of several.
  public var kind: String?

  /// Labels a question; see the properties.
  public init(text: String, relevant: [String: Double], kind: String? = nil) {
    self.text = text
    self.relevant = relevant
    self.kind = kind
  }

  enum CodingKeys: String, CodingKey {
    case text = "query"
    case relevant, kind
  }

  /// Whether a label names the hit or its document.
  public static func names(_ label: String, _ hit: SearchHit) -> Bool {
    label == hit.id.uuidString || label == hit.documentID.uuidString || names(label, link: hit.link)
  }

  /// Whether a label names the document with this link.
  public static func names(_ label: String, link: String) -> Bool {
    guard link.hasSuffix(label), !label.isEmpty else { return false }
    let before = link.utf8.dropLast(label.utf8.count).last
    return before == nil || before == UInt8(ascii: "/") || before == UInt8(ascii: "#")
  }
}
