/// The three pipelines.
public enum PipelineName: String, CaseIterable, Sendable, Codable {
  /// Sources to warehouse.
  case etl
  /// Warehouse to vector store.
  case features
  /// Cleaned documents to fine-tuning pairs.
  case dataset
}
