import ArgumentParser
import Pipelines

/// What the process says when it ends; scripts rely on these numbers.
enum ExitStatus: Int32 {
  case done = 0
  case couldNotRun = 1
  case usage = 2
  case partial = 3
  case locked = 75
  case interrupted = 130

  var code: ExitCode { ExitCode(rawValue) }
}
