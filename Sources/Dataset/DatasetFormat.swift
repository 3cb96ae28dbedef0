/// A shape of rows that trainers read.
public enum DatasetFormat: String, Codable, CaseIterable, Sendable {
  /// `instruction`, `input`, `output`; for preferences `instruction`, `input`, `chosen`, `rejected`.
  case alpaca
  /// OpenAI's chat messages, which TRL reads too.
  case messages
  /// ShareGPT's `conversations` of `human` and `gpt`.
  case sharegpt
  /// The LLM Engineers Handbook's columns.
  case handbook
}
