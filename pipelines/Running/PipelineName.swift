/// The three pipelines.
public enum PipelineName: String, CaseIterable, Sendable, Codable {
  /// Sources to warehouse.
  case etl
  /// Warehouse to vector store.
  case features
  /// Cleaned documents to fine-tuning pairs.
  case dataset

  /// Its steps without their work, for which nothing has to be opened.
  public var signatures: [StepSignature] {
    switch self {
    case .etl: ETLPipeline.steps.map(\.signature)
    case .features: FeaturePipeline.steps.map(\.signature)
    case .dataset: DatasetPipeline.steps.map(\.signature)
    }
  }

  /// The steps that a run asks for.
  public var products: [String] {
    switch self {
    case .etl: [ETLPipeline.StepName.crawlSummary.rawValue]
    case .features: [FeaturePipeline.StepName.featureSummary.rawValue]
    case .dataset: [DatasetPipeline.StepName.writtenDataset.rawValue]
    }
  }
}
