/// How often a line must occur in an author's documents of one category and platform to be boilerplate.
public struct BoilerplateRule: Codable, Hashable, Sendable {
  /// In how many documents at least.
  public var documents: Int
  /// In what share of them at least, from 0 to 1.
  public var share: Double

  /// Makes a rule; the default takes a line of five documents and three in ten. Fewer documents prove nothing, and a line
  /// that one of four has may be an author's habit of speech.
  public init(documents: Int = 5, share: Double = 0.3) {
    self.documents = documents
    self.share = share
  }

  /// In how many of `count` documents a line must occur.
  func threshold(of count: Int) -> Int {
    max(documents, 2, Int((Double(count) * share).rounded(.up)))
  }
}
