public import Domain

/// A sample, or the whole yield of an extract, that did not enter the dataset, and why.
public struct Rejection: Codable, Hashable, Sendable {
  /// The document.
  public var documentID: Identifier
  /// Its canonical link.
  public var link: String
  /// The full name of the author; nil in files of versions that did not write it.
  public var authorFullName: String?
  /// The first byte of the extract or answer in the cleaned document.
  public var start: Int
  /// The end of it.
  public var end: Int
  /// The rule that it broke, in a few words that can be counted.
  public var rule: String
  /// What exactly was wrong.
  public var detail: String
  /// The instruction, if there was one.
  public var instruction: String?
  /// The answer, if there was one.
  public var answer: String?

  /// Makes a rejection of an extract, or of one pair made from it.
  public init(_ extract: Extract, rule: String, detail: String, instruction: String? = nil, answer: String? = nil) {
    documentID = extract.documentID
    link = extract.link
    authorFullName = extract.authorFullName
    start = extract.start
    end = extract.end
    self.rule = rule
    self.detail = detail
    self.instruction = instruction
    self.answer = answer
  }

  /// Makes a rejection of a finished sample.
  public init(_ sample: Sample, rule: String, detail: String) {
    documentID = sample.provenance.documentID
    link = sample.provenance.link
    authorFullName = sample.provenance.authorFullName
    start = sample.provenance.start
    end = sample.provenance.end
    self.rule = rule
    self.detail = detail
    instruction = sample.instruction
    answer = sample.answer
  }

  enum CodingKeys: String, CodingKey {
    case documentID = "document_id"
    case link
    case authorFullName = "author_full_name"
    case start, end, rule, detail, instruction, answer
  }
}
