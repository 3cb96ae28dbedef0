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
