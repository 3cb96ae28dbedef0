import Domain

/// A shape of rows that trainers read.
public enum DatasetFormat: String, Codable, CaseIterable, Sendable {
  /// `instruction`, `input`, `output`, and `system` when there is one; for preferences `chosen` and `rejected`.
  case alpaca
  /// OpenAI's chat messages, which TRL reads too.
  case messages
  /// ShareGPT's `conversations` of `system`, `human` and `gpt`.
  case sharegpt
  /// One `text` with the marks of ChatML; for preferences `prompt`, `chosen` and `rejected`.
  case chatml
  /// The LLM Engineers Handbook's columns.
  case handbook
  /// Columns of Apache Parquet: the texts, and where they come from.
  case parquet

  /// The name of the file of one side, `train` or `test`.
  ///
  /// - Parameter category: whose samples alone it has; nil for those of all.
  func fileName(_ side: String, _ category: DataCategory? = nil) -> String {
    let side = category.map { "\($0.rawValue).\(side)" } ?? side
    return self == .parquet ? "\(side).parquet" : "\(rawValue).\(side).jsonl"
  }

  /// Every name that a file of rows can have.
  static let fileNames = allCases.flatMap { format in
    ([nil] + DataCategory.allCases).flatMap { category in sideNames.map { format.fileName($0, category) } }
  }
}
