import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension RunStore {
  /// Removes the records of all runs but the newest of each pipeline.
  ///
  /// Two kinds of older runs stay: those that are under way, and those that have the last record of an artifact, since
  /// the next run numbers its versions from there. So a version is never given twice, and nothing but the records
  /// themselves has to be kept. Folders without a readable record are left alone: they may be somebody's.
  ///
  /// A record is renamed to a hidden name before it is removed, so that a crash leaves none in part; what an earlier one
  /// left is removed.
  ///
  /// - Parameters:
  ///   - count: how many runs of each pipeline stay, the newest.
  ///   - pipeline: whose runs; nil for those of all pipelines.
  ///   - dryRun: whether only to say what would be done.
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``; what was removed by then is gone.
  @discardableResult
  public func prune(keep count: Int, pipeline: String? = nil, dryRun: Bool = false) throws -> PruneResult {
    var result = PruneResult()
    var kept: [String: Int] = [:]
    var recorded: [String: Set<String>] = [:]
    for name in entryNames() {
      if isBeforeItsRecord(name) {
        result.removed.append(name)
        continue
      }
      guard let run = try? decode(RunOutline.self, in: name), pipeline == nil || run.pipeline == pipeline else {
        continue
      }
      let artifacts = Set(run.artifacts.map(\.name))
      let isNeeded = !artifacts.isSubset(of: recorded[run.pipeline, default: []])
      recorded[run.pipeline, default: []].formUnion(artifacts)
      if kept[run.pipeline, default: 0] < count {
        kept[run.pipeline, default: 0] += 1
      } else if run.status == .running, !isAbandoned(name, run.environment) {
        result.running.append(name)
      } else if isNeeded {
        result.needed.append(name)
      } else {
        result.removed.append(name)
      }
    }
    if !dryRun { try remove(result.removed) }
    return result
  }

  private func remove(_ names: [String]) throws {
    for name in names {
      let hidden = path(Self.prunedPrefix + name)
      guard rename(path(name), hidden) == 0 else {
        // Another process that prunes may have been faster.
        if errno == ENOENT { continue }
        throw DataflowError.recordFailed(path: path(name), reason: systemError())
      }
    }
    if !names.isEmpty { try synchronizeFolder(folder.path) }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for entry in entries where entry.hasPrefix(Self.prunedPrefix) {
      do {
        try FileManager.default.removeItem(atPath: path(entry))
      } catch {
        guard FileManager.default.fileExists(atPath: path(entry)) else { continue }
        throw DataflowError.recordFailed(path: path(entry), reason: systemReason(of: error))
      }
    }
  }

  /// Whether a folder is that of a run that was killed before it wrote its first record.
  private func isBeforeItsRecord(_ name: String) -> Bool {
    !hasRecord(name) && FileManager.default.fileExists(atPath: markPath(name))
      && !RunningMark.isHeld(at: markPath(name))
  }

  private static let prunedPrefix = ".pruned-"
}

/// What of a record decides whether it stays.
private struct RunOutline: Decodable {
  struct Artifact: Decodable {
    var name: String
  }

  var pipeline: String
  var status: RunStatus
  var environment: [String: String]
  var artifacts: [Artifact]
}
