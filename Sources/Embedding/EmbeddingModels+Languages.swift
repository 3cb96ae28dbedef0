extension EmbeddingModels {
  /// The languages, as ISO 639 has them, that a model was made for; nil if it takes all alike, or nobody knows.
  ///
  /// The well-known models were trained on English pairs of sentences, from English models, as their model cards say. The
  /// hash embedder compares words, whatever their language; of other folders' models nobody knows.
  ///
  /// - Parameter name: its name in a configuration.
  public static func languages(of name: String) -> Set<String>? {
    name != HashEmbedder.name && known.contains(name) ? ["en"] : nil
  }
}
