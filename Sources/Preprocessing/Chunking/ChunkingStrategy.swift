/// A way to cut documents.
public enum ChunkingStrategy: String, Codable, CaseIterable, Sendable {
  /// By heading, paragraph, sentence and word; the source files of a repository by ``code`` all the same, unless their
  /// category has a strategy of its own.
  case markdown
  /// By top-level declaration, blank line and line, whatever the document is.
  case code
  /// By sentence (Unicode Standard Annex #29, with the usual abbreviations), then word.
  case sentences
  /// By blank line, line, space and character, as LangChain's `RecursiveCharacterTextSplitter` does.
  case recursive
  /// Windows of equal length, wherever they end.
  case tokens
  /// The LLM Engineers Handbook's rules, one for each category, whatever size, overlap and unit say; for comparison only.
  case handbook
}

/// What chunk sizes are counted in.
public enum ChunkingUnit: String, Codable, CaseIterable, Sendable {
  /// Tokens of the embedding model, its special tokens included, so that no chunk is too long for it.
  case tokens
  /// Characters (Unicode scalars). A model may read less than such a chunk holds.
  case characters
}

/// Settings that go by a name; what a configuration says besides comes before them.
public enum ChunkingPreset: String, Codable, CaseIterable, Sendable {
  /// Chunks of at most 500 characters, of which 50 are repeated, cut recursively.
  case characters500 = "500/50-characters"

  var strategy: ChunkingStrategy { .recursive }
  var size: Int { 500 }
  var overlap: Int { 50 }
  var unit: ChunkingUnit { .characters }
}
