// Stands in for what is being made elsewhere, so that the commands compile; to be deleted when that is merged.
import Foundation

extension Configuration {
  /// Where results of steps are kept between runs.
  public var cache: ResultCache { ResultCache(runStore.folder.appending(path: ".cache")) }
}

extension PipelineRunner {
  /// Whether earlier results are not used.
  public var isCacheIgnored: Bool {
    get { false }
    set {}
  }

  /// What a run would do.
  public func preview(_ pipeline: PipelineName) async throws -> RunPreview {
    RunPreview(pipeline: pipeline.rawValue, steps: [], warnings: [])
  }

  /// Tries items again.
  public func retry(_ entries: [QuarantineEntry]) async throws -> [RunRecord] { [] }
}

/// What a run would do.
public struct RunPreview: Codable, Sendable {
  /// The pipeline.
  public var pipeline: String
  /// Its steps.
  public var steps: [StepPreview]
  /// What is to be known.
  public var warnings: [String]
}

/// What a run would do in one step.
public struct StepPreview: Codable, Sendable {
  /// What would happen.
  public enum Action: String, Codable, Sendable { case reads, cached, run, act, unknown }
  /// The step.
  public var name: String
  /// What would happen.
  public var action: Action
  /// Why.
  public var reason: String?
  /// The counts.
  public var items: ItemCounts
  /// What a step that reads noted.
  public var metadata: [String: JSONValue]
  /// Why it is never cached.
  public var uncached: String?
}
