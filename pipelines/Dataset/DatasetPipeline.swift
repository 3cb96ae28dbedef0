public import DataflowMacros

/// Cleaned documents to fine-tuning pairs: takes extracts, makes samples of each, lets through what the gates let
/// through, drops duplicates, splits by document and writes what changed.
@Pipeline
public struct DatasetPipeline {
  let warehouse: Warehouse
  let vectors: VectorStore
  let generator: VersionedGenerator
  let reviewer: SampleReviewer
  let writer: DatasetWriter

  /// Makes the pipeline.
  public init(
    warehouse: Warehouse, vectors: VectorStore, generator: any SampleGenerator,
    reviewer: SampleReviewer = SampleReviewer(), writer: DatasetWriter
  ) {
    self.warehouse = warehouse
    self.vectors = vectors
    self.generator = VersionedGenerator(generator)
    self.reviewer = reviewer
    self.writer = writer
  }

  /// The users of the named authors, or everyone in the warehouse when none is named.
  @Step(cache: .recompute)
  public func users(authorNames: [String]) async throws -> [User] {
    try await warehouse.users(named: authorNames)
  }

  /// Their cleaned documents, by identifier, without those of which all is quoted from others unless quotes are kept.
  ///
  /// - Throws, when it is read: ``PipelineError/noFeatures`` when there is none.
  @Step(cache: .recompute)
  public func cleanedDocuments(
    users: [User], categories: [DataCategory], quotes: QuoteUse
  ) -> ItemStream<CleanedDocument> {
    ItemStream(
      CleanedDocuments(vectors: vectors, categories: categories, authors: users.map(\.id), quotes: quotes))
  }

  /// The stretches of one document that samples are made from.
  @Step
  public func extracts(
    cleanedDocuments document: Each<CleanedDocument>, rule: ExtractRule, quotes: QuoteUse
  ) -> Flat<Extract> {
    Dataset.extracts(of: document, rule: rule, quotes: quotes)
  }

  /// The samples of one extract. An extract that has been asked about is not asked about again, unless its text or what
  /// ``VersionedGenerator`` vouches for has changed; one whose reply could not be used fails alone, and is asked about
  /// again by the next run.
  @Step(concurrency: 4, cache: .default)
  public func outcomes(extracts extract: Each<Extract>) async throws -> GeneratorOutcome {
    try await failingAsAWhole { try await generator.samples(from: extract) }
  }

  /// Those that pass the gates for one sample: another threshold asks no model again.
  @Step(cache: .default)
  public func gatedOutcomes(outcomes outcome: Each<GeneratorOutcome>, gates: GateSettings) -> GeneratorOutcome {
    gated(outcome, by: gates)
  }

  /// Those that pass the gates that ask models, where the configuration wants these.
  @Step(concurrency: 4, cache: .default)
  public func reviewedOutcomes(gatedOutcomes outcome: Each<GeneratorOutcome>) async throws -> GeneratorOutcome {
    try await failingAsAWhole { try await reviewer.reviewed(outcome) }
  }

  /// The set: without duplicates, split by document.
  ///
  /// - Throws: ``PipelineError/nothingGenerated(extracts:)`` when no extract gave a sample, so that a model that is down
  ///   or answers nonsense does not replace a good set by an empty one; `DatasetError.leak`.
  @Step(cache: .default)
  public func dataset(
    reviewedOutcomes: [GeneratorOutcome], extracts: [Extract], settings: DatasetSettings, evaluation: EvaluationTexts
  ) throws -> BuiltDataset {
    let dataset = try buildDataset(from: reviewedOutcomes, settings: settings, evaluation: evaluation)
    if dataset.samples.isEmpty && !extracts.isEmpty {
      throw PipelineError.nothingGenerated(extracts: extracts.count)
    }
    return dataset
  }

  /// Writes the files whose bytes changed.
  @Step(cache: .disable)
  public func writtenDataset(dataset: BuiltDataset) throws -> DatasetWriter.Report {
    let report = try writer.write(dataset)
    let context = StepContext.current
    context.record("folder", writer.folder(of: dataset.kind))
    context.record("train", dataset.train.count)
    context.record("test", dataset.test.count)
    context.record("rejected", dataset.rejected.count)
    context.record("rejected_by_rule", dataset.rejectionCounts)
    if !dataset.gates.isEmpty { context.record("gates", dataset.gates) }
    if let clusters = dataset.clusters { context.record("duplicate_clusters", clusters) }
    context.record("style", dataset.style)
    context.record("train_on", dataset.settings.trainOn.rawValue)
    context.record("recipe", generator.recipe)
    context.record(uri: writer.folder(of: dataset.kind))
    context.count(computed: report.changed.count, cached: report.unchanged.count, deleted: report.removed.count)
    return report
  }
}

extension Extract: ItemNamed {
  /// The document's link and the bytes.
  public var itemName: String { "\(link)#\(start)-\(end)" }
}
