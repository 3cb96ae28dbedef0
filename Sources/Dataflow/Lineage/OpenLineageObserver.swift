public import Foundation
import Synchronization

/// Tells an OpenLineage consumer, such as Marquez or DataHub, how runs go: one run event as JSON for the beginning and the
/// end of the run and of each step, and one for each product once its digest is known.
///
/// A pipeline is a job, a step is a job `PIPELINE.STEP` whose parent is the pipeline, a product is a data set of the same
/// name. A partial run is complete. Steps that never began are left out. Follows version 2-0-2 of the specification,
/// https://openlineage.io/spec/2-0-2/OpenLineage.json.
public final class OpenLineageObserver: RunObserver {
  private struct State {
    var writer: LineageWriter?
    /// The steps that began and have not ended.
    var underWay: Set<String> = []
    var errors: [String: String] = [:]
  }

  private let namespace: String
  private let producer: String
  private let version: String
  private let sink: @Sendable (Data) -> Void
  private let state = Mutex(State())

  /// An observer of runs that go on one after the other.
  ///
  /// - Parameters:
  ///   - namespace: what tells this place's jobs and data sets from those of others.
  ///   - version: of the program that runs the pipelines.
  ///   - producer: a URI for that program.
  ///   - sink: is given each event as one JSON object without line ends, from several tasks at once, and is to return
  ///     quickly: the run waits for it.
  public init(
    namespace: String, version: String, producer: String = "urn:x-dataflow:engine",
    sink: @escaping @Sendable (Data) -> Void
  ) {
    self.namespace = namespace
    self.version = version
    self.producer = producer
    self.sink = sink
  }

  /// Turns an event of the run into those of OpenLineage, and hands them over.
  public func observe(_ event: RunEvent) {
    let lineage = state.withLock { state -> [LineageEvent] in
      switch event {
      case .runStarted(let id, let pipeline, let steps): begin(&state, id, pipeline, steps)
      case .stepStarted(let step, _): start(&state, step)
      case .stepEnded(let step): end(&state, step)
      case .runEnded(let run): end(&state, run)
      case .failed(let failure): note(&state, failure)
      case .progress, .used, .cacheMissed, .retrying, .warning: []
      }
    }
    // Nothing in an event can fail to be encoded.
    for event in lineage { if let data = try? recordEncoder(pretty: false).encode(event) { sink(data) } }
  }

  private func begin(_ state: inout State, _ id: String, _ pipeline: String, _ steps: [String]) -> [LineageEvent] {
    let writer = LineageWriter(
      namespace: namespace, producer: producer, engine: ProcessingEngineFacet(name: "Dataflow", version: version),
      run: id, pipeline: pipeline, steps: Set(steps))
    state = State(writer: writer)
    return [writer.event(.start)]
  }

  private func start(_ state: inout State, _ step: String) -> [LineageEvent] {
    guard let writer = state.writer, state.underWay.insert(step).inserted else { return [] }
    return [writer.event(.start, step: step)]
  }

  private func note(_ state: inout State, _ failure: Failure) -> [LineageEvent] {
    if failure.item == nil { state.errors[failure.step] = failure.error }
    return []
  }

  private func end(_ state: inout State, _ step: StepRecord) -> [LineageEvent] {
    guard let writer = state.writer else { return [] }
    let hasBegun = state.underWay.remove(step.name) != nil
    guard hasBegun || step.status != .skipped else { return [] }
    let time = step.ended ?? Date()
    let error = state.errors[step.name]
    let ending: LineageEvent.State =
      switch step.status {
      case .computed, .cached: .complete
      case .failed: .fail
      case .skipped: .abort
      }
    var end = writer.event(ending, step: step.name, at: time, error: step.status == .failed ? error : nil)
    end.inputs = writer.inputs(of: step)
    if ending == .complete { end.outputs = [writer.output(of: step)] }
    return hasBegun ? [end] : [writer.event(.start, step: step.name, at: step.started ?? time), end]
  }

  private func end(_ state: inout State, _ run: RunRecord) -> [LineageEvent] {
    guard let writer = state.writer else { return [] }
    let time = run.ended ?? Date()
    let products = run.artifacts.map { artifact in
      var event = writer.event(.other, step: artifact.name, at: time)
      event.outputs = [writer.output(artifact)]
      return event
    }
    var end = writer.event(ending(of: run.status), at: time, error: run.status == .failed ? error(of: run) : nil)
    end.outputs = run.artifacts.filter { run.requested.contains($0.name) }.map(writer.output)
    state = State()
    return products + [end]
  }

  private func ending(of status: RunStatus) -> LineageEvent.State {
    switch status {
    case .succeeded, .partial, .unchanged, .running: .complete
    case .failed: .fail
    case .cancelled, .interrupted: .abort
    }
  }

  private func error(of run: RunRecord) -> String {
    let causes = run.failures.filter { $0.item == nil }
    return (causes.isEmpty ? run.failures : causes).prefix(3).map { "step '\($0.step)': \($0.error)" }
      .joined(separator: "; ")
  }
}
