/// What becomes of a text that is longer than the model reads.
public enum OverLimit: String, Sendable, CaseIterable, Codable {
  /// It is an error, so that nothing is dropped unseen.
  case error
  /// Its end is left out, as sentence-transformers does.
  case truncate
  /// It is cut into windows of the model's length; the vector is the mean of theirs, each weighing as many as its tokens.
  /// What the model wants before a text stands before each.
  case windows
}
