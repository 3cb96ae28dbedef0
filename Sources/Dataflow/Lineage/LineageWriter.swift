import Foundation

/// Writes the events of one run: what stays the same in all of them.
struct LineageWriter {
  let namespace: String
  let producer: String
  let engine: ProcessingEngineFacet
  /// The run's id.
  let run: String
  let pipeline: String
  /// The steps that the run has, and so which needs are products.
  let steps: Set<String>

  /// An event of the pipeline's run.
  func event(_ state: LineageEvent.State, at time: Date = Date(), error: String? = nil) -> LineageEvent {
    LineageEvent(
      eventType: state, eventTime: time, run: .init(runId: run, facets: runFacets(error: error, isStep: false)),
      job: .init(namespace: namespace, name: pipeline, facets: JobFacets(jobType: facet(JobTypeFacet(jobType: "DAG")))),
      producer: producer)
  }

  /// An event of a step's run.
  func event(
    _ state: LineageEvent.State, step: String, at time: Date = Date(), error: String? = nil
  ) -> LineageEvent {
    LineageEvent(
      eventType: state, eventTime: time,
      run: .init(
        runId: stepRunIdentifier(run: run, step: step), facets: runFacets(error: error, isStep: true)),
      job: .init(
        namespace: namespace, name: datasetName(step), facets: JobFacets(jobType: facet(JobTypeFacet(jobType: "TASK")))),
      producer: producer)
  }

  /// The products among the needs of a step.
  func inputs(of step: StepRecord) -> [LineageDataset] {
    step.needs.filter(steps.contains).map { LineageDataset(namespace: namespace, name: datasetName($0)) }
  }

  /// The product of a step, as far as is known when the step ends.
  func output(of step: StepRecord) -> LineageDataset {
    LineageDataset(
      namespace: namespace, name: datasetName(step.name),
      outputFacets: .init(outputStatistics: facet(OutputStatisticsFacet(rowCount: step.items.out))))
  }

  /// A product with its type, digest, place and size.
  func output(_ artifact: ArtifactRecord) -> LineageDataset {
    LineageDataset(
      namespace: namespace, name: datasetName(artifact.name),
      facets: .init(
        schema: facet(SchemaFacet(fields: [.init(name: artifact.name, type: artifact.type)])),
        version: artifact.sha256.map { facet(VersionFacet(datasetVersion: $0)) },
        dataSource: artifact.uri.map { facet(DataSourceFacet(name: artifact.name, uri: $0)) }),
      outputFacets: .init(
        outputStatistics: facet(OutputStatisticsFacet(rowCount: artifact.count, size: artifact.bytes))))
  }

  private func runFacets(error: String?, isStep: Bool) -> RunFacets {
    RunFacets(
      engine: facet(engine), error: error.map { facet(ErrorMessageFacet(message: $0)) },
      parent: isStep
        ? facet(ParentFacet(run: .init(runId: run), job: .init(namespace: namespace, name: pipeline))) : nil)
  }

  private func datasetName(_ step: String) -> String { "\(pipeline).\(step)" }

  private func facet<Content: LineageFacetContent>(_ content: Content) -> LineageFacet<Content> {
    LineageFacet(producer: producer, content: content)
  }
}

/// The id of a step's run, the same whenever it is asked for: a version 7 UUID with the time of the pipeline's run and
/// 74 bits of a digest, as OpenLineage's own clients make them.
private func stepRunIdentifier(run: String, step: String) -> String {
  let digits = String(hexadecimal(digest(["openlineage", run, step])).prefix(19))
  let variant = ["8", "9", "a", "b"][(digits.last?.hexDigitValue ?? 0) % 4]
  let node = digits.dropFirst(6)
  return "\(run.prefix(13))-7\(digits.prefix(3))-\(variant)\(digits.dropFirst(3).prefix(3))-\(node.prefix(12))"
}
