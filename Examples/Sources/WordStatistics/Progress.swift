import Dataflow
import Foundation

/// Says on standard error how a run goes. The engine prints nothing; it tells whoever watches.
struct Progress: RunObserver {
  func observe(_ event: RunEvent) {
    switch event {
    case .failed(let failure): say("\(failure.item ?? failure.step): \(failure.error)")
    case .warning(let step, let message): say("warning: \(step.map { "\($0): " } ?? "")\(message)")
    case .stepEnded(let step):
      say(
        "\(step.name): \(step.status.rawValue) (\(step.items.computed) computed, \(step.items.cached) from the cache)")
    case .runEnded(let run): say("run \(run.runID): \(run.status.rawValue)")
    default: break
    }
  }
}

/// Writes a line to standard error; standard output is for the result.
func say(_ line: String) {
  FileHandle.standardError.write(Data("\(line)\n".utf8))
}
