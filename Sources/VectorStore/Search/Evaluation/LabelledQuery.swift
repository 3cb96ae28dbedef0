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
  /// The words of the document that answer, for labels of which any other passage would be no answer: only a hit that
  /// holds all of them counts. White space makes no difference. So one set of labels does for any way to cut documents.
  public var passages: [String: String]
  /// What kind of question it is, if questions are of several.
  public var kind: String?

  /// Labels a question; see the properties.
  public init(text: String, relevant: [String: Double], passages: [String: String] = [:], kind: String? = nil) {
    self.text = text
    self.relevant = relevant
    self.passages = passages
    self.kind = kind
  }

  enum CodingKeys: String, CodingKey {
    case text = "query"
    case relevant, passages, kind
  }

  /// Whether a label counts at a hit: it names the hit or its document, and the hit holds the label's words, if it has any.
  public func isFound(_ label: String, at hit: SearchHit) -> Bool {
    guard Self.names(label, hit) else { return false }
    guard let words = passages[label] else { return true }
    return Self.spaced(hit.text).contains(Self.spaced(words))
  }

  /// The words with one space between them.
  private static func spaced(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
