/// What a model wants to be written before a text, since it was trained so.
public struct EmbeddingPrefixes: Sendable, Hashable {
  /// Before what is searched for; nil for what the model wants.
  public var query: String?
  /// Before what is searched; nil for what the model wants.
  public var passage: String?

  /// Names both, or leaves them to the model.
  public init(query: String? = nil, passage: String? = nil) {
    self.query = query
    self.passage = passage
  }

  /// The prefixes of models whose files do not name them, as their model cards do: `intfloat/e5-*-v2` and
  /// `BAAI/bge-*-en-v1.5` on huggingface.co.
  ///
  /// - Parameter name: the model's name, which may begin with its owner's.
  init(knownFor name: String) {
    let name = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasPrefix("e5-") || name.hasPrefix("multilingual-e5-") {
      self.init(query: "query: ", passage: "passage: ")
    } else if name.hasPrefix("bge-"), name.contains("-en") {
      self.init(query: "Represent this sentence for searching relevant passages: ")
    } else {
      self.init()
    }
  }

  /// The same with what is left open as others have it.
  func filled(from others: EmbeddingPrefixes) -> EmbeddingPrefixes {
    EmbeddingPrefixes(query: query ?? others.query, passage: passage ?? others.passage)
  }
}
