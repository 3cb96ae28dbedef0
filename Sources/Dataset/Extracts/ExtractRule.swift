/// How extracts are cut from documents: the setting `dataset.extracts`.
public enum ExtractRule: String, Codable, CaseIterable, Sendable {
  /// Runs of blocks of one section, prose first of all: what instructions from structure need.
  case sections
  /// 1,000 to 2,000 characters that end at sentences, across the paragraphs of a document: what a model is asked about.
  case sentences
  /// The rule of the LLM Engineers Handbook, for sets to compare with its own.
  case handbook
}
