extension EmbeddingModels {
  /// The languages, as ISO 639 has them, that a model was made for; nil if it takes all alike, or nobody knows.
  ///
  /// all-MiniLM-L6-v2 was trained on English pairs of sentences, from an English model (its model card at
  /// sentence-transformers). The hash embedder compares words, whatever their language.
  ///
  /// - Parameter name: its name in a configuration.
  public static func languages(of name: String) -> Set<String>? {
    name == miniLM ? ["en"] : nil
  }
}
