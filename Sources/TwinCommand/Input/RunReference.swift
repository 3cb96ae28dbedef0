import ArgumentParser
import Foundation
import Pipelines

extension RunStore {
  /// The run that a word on the command line means.
  ///
  /// - Parameter word: an id or the beginning of one; `latest`; `previous`, the one before the latest of the same
  ///   pipeline; `latest~N`, N before it. `latest:features` counts among the runs of one pipeline.
  /// - Throws: ``InputError/noRun(named:pipeline:count:folder:)``, `ValidationError` for an unknown pipeline, and what
  ///   `RunStore/load(_:)` throws.
  func run(named word: String) throws -> RunRecord {
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let back = stepsBack(String(parts[0])) else { return try load(word) }
    var pipeline = try parts.count > 1 ? PipelineName(named: String(parts[1])).rawValue : nil
    if pipeline == nil { pipeline = list(limit: 1).runs.first?.pipeline }
    let runs = pipeline.map { list(limit: back + 1, pipeline: $0).runs } ?? []
    guard runs.indices.contains(back) else {
      throw InputError.noRun(named: word, pipeline: pipeline, count: runs.count, folder: folder.path)
    }
    return runs[back]
  }

  /// How many runs before the latest a word means; nil if it is no such word.
  private func stepsBack(_ word: String) -> Int? {
    switch word {
    case "latest": 0
    case "previous": 1
    default: word.hasPrefix("latest~") ? UInt16(word.dropFirst("latest~".count)).map(Int.init) : nil
    }
  }
}

/// How the run commands explain what may stand for a run.
let runReferenceHelp = """
  The identifier may be cut short as long as it names one run. `latest` is the newest run, `previous` the one before it \
  of the same pipeline, `latest~2` the second before it; `latest:features` counts the runs of one pipeline only.
  """
