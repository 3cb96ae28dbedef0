/// What a dataset trains.
public enum DatasetKind: String, Codable, CaseIterable, Sendable {
  /// Supervised fine-tuning: an instruction and an answer.
  case instruction
  /// Preference alignment: a prompt, a chosen answer and a rejected one.
  case preference
}
