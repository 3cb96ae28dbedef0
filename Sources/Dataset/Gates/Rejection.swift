public import Domain

/// A sample, or the whole yield of an extract, that did not enter the dataset, and why: a line of `rejected.jsonl`.
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
  /// The rule that it broke, in a word that can be counted.
  public var rule: String
  /// What exactly was wrong.
  public var evidence: String
  /// The sample as it would have been, so that it can be looked at and put back; nil when none was made.
  public var sample: Sample?

  /// Makes a rejection of an extract.
  public init(_ extract: Extract, rule: String, evidence: String) {
    documentID = extract.documentID
    link = extract.link
    authorFullName = extract.authorFullName
    start = extract.start
    end = extract.end
    self.rule = rule
    self.evidence = evidence
  }

  /// Makes a rejection of a sample.
  public init(_ sample: Sample, _ finding: Finding) {
    documentID = sample.provenance.documentID
    link = sample.provenance.link
    authorFullName = sample.provenance.authorFullName
    start = sample.provenance.start
    end = sample.provenance.end
    rule = finding.rule
    evidence = finding.evidence
    self.sample = sample
  }

  /// Reads a rejection; `detail` is what earlier versions called the evidence.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    documentID = try container.decode(Identifier.self, forKey: .documentID)
    link = try container.decode(String.self, forKey: .link)
    authorFullName = try container.decodeIfPresent(String.self, forKey: .authorFullName)
    start = try container.decode(Int.self, forKey: .start)
    end = try container.decode(Int.self, forKey: .end)
    rule = try container.decode(String.self, forKey: .rule)
    evidence =
      try container.decodeIfPresent(String.self, forKey: .evidence)
      ?? container.decodeIfPresent(String.self, forKey: .detail) ?? ""
    sample = try container.decodeIfPresent(FlatSample.self, forKey: .sample)?.sample
  }

  /// Writes a rejection, the sample as one flat object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(documentID, forKey: .documentID)
    try container.encode(link, forKey: .link)
    try container.encodeIfPresent(authorFullName, forKey: .authorFullName)
    try container.encode(start, forKey: .start)
    try container.encode(end, forKey: .end)
    try container.encode(rule, forKey: .rule)
    try container.encode(evidence, forKey: .evidence)
    try container.encodeIfPresent(sample.map(FlatSample.init), forKey: .sample)
  }

  enum CodingKeys: String, CodingKey {
    case documentID = "document_id"
    case link
    case authorFullName = "author_full_name"
    case start, end, rule, evidence, detail, sample
  }
}
