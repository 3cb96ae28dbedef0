import Foundation

/// What can go wrong in the engine itself; errors of steps are kept in the run's record.
public enum DataflowError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The graph, or what was asked of it, is wrong; nothing ran.
  case invalidGraph([GraphProblem])
  /// A question about a graph names steps that it does not have.
  case unknownNames([GraphProblem])
  /// A body read an argument that its step does not have, or as another type.
  case wrongArgument(step: String, index: Int, expected: String)
  /// A body gave a value of another type than its step says it produces.
  case wrongResult(step: String, expected: String)
  /// More items of a step failed than its policy allows.
  case tooManyFailures(step: String, failed: Int, of: Int, first: String)
  /// A try of a step, or of an item, took longer than its policy allows.
  case timedOut(step: String, seconds: Double)
  /// A product does not meet its checks.
  case checksFailed(step: String, problems: [String])
  /// What was given for a need of a step cannot be read.
  case badArgument(step: String, need: String, reason: String)
  /// Some items failed in a call that has no record to report them in.
  case itemsFailed([Failure])
  /// A value was asked of a run that does not hold it.
  case noValue(step: String, reason: String)
  /// A record, or its folder, could not be written.
  case recordFailed(path: String, reason: String)
  /// A record could not be read.
  case recordUnreadable(path: String, reason: String)
  /// No run has an id that begins so.
  case unknownRun(id: String, folder: String)
  /// Several runs have an id that begins so.
  case ambiguousRun(prefix: String, candidates: [String])
  /// Another run of the same pipeline and configuration is under way.
  case locked(pipeline: String, process: String?)
  /// Nothing of a kind, such as an artifact, has this name or an id that begins so.
  case unknownRecord(_ kind: String, named: String, folder: String, nearest: String?)
  /// Several of a kind, which is given in the plural, have this name or an id that begins so.
  case ambiguousRecord(_ kinds: String, named: String, candidates: [String])
  /// The value of an artifact is not in the cache.
  case notStored(artifact: String, reason: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .invalidGraph(let problems):
      problems.count == 1
        ? "the pipeline cannot run: \(problems[0])"
        : "the pipeline cannot run, for \(problems.count) reasons:"
          + problems.map { "\n  \($0)" }.joined()
    case .unknownNames(let problems): problems.map(\.description).joined(separator: "\n")
    case .wrongArgument(let step, let index, let expected):
      "step '\(step)' has no argument \(index) of type \(expected); compare its needs with its body"
    case .wrongResult(let step, let expected):
      "step '\(step)' did not give what it says it produces, \(expected); compare its declaration with its body"
    case .tooManyFailures(let step, let failed, let total, let first):
      "\(failed) of \(total) items of step '\(step)' failed, more than it allows; the first: \(first)"
    case .timedOut(let step, let seconds):
      "step '\(step)' took longer than the \(seconds.formatted()) s that it is given; see what it waits for, or give "
        + "it a longer timeout"
    case .checksFailed(let step, let problems):
      "what step '\(step)' made does not meet its checks: \(problems.joined(separator: "; "))"
    case .badArgument(let step, let need, let reason):
      "cannot read '\(need)' for step '\(step)': \(reason)"
    case .itemsFailed(let failures):
      "\(failures.count == 1 ? "an item" : "\(failures.count) items") failed: "
        + failures.prefix(3).map { "\($0.item ?? $0.step): \($0.error)" }.joined(separator: "; ")
        + (failures.count > 3 ? "; and \(failures.count - 3) more" : "")
    case .noValue(let step, let reason): "the run holds no value of step '\(step)': \(reason)"
    case .recordFailed(let path, let reason):
      "cannot write \(path): \(reason). Check that the folder is writable and the disk not full."
    case .recordUnreadable(let path, let reason):
      "cannot read the record \(path): \(reason). It was torn or is none of this program's; remove it, or leave it: "
        + "runs pass it over."
    case .unknownRun(let id, let folder): "there is no run '\(id)' in \(folder); list the runs to see their ids"
    case .ambiguousRun(let prefix, let candidates):
      "'\(prefix)' fits \(candidates.count) runs: \(candidates.prefix(5).joined(separator: ", ")); "
        + "give more of the id"
    case .locked(let pipeline, let process):
      "another run of \(pipeline) with this configuration is under way"
        + (process.map { " (process \($0))" } ?? "") + "; wait for it to end, or stop it"
    case .unknownRecord(let kind, let name, let folder, let nearest):
      "there is no \(kind) '\(name)' in \(folder); "
        + (nearest.map { "did you mean '\($0)'?" } ?? "list them to see what there is")
    case .ambiguousRecord(let kinds, let name, let candidates):
      "'\(name)' fits \(candidates.count) \(kinds): \(candidates.prefix(5).joined(separator: ", ")); "
        + "say which one"
    case .notStored(let artifact, let reason): "the value of \(artifact) is not in the cache: \(reason)"
    }
  }
}
