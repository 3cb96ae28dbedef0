import Foundation
import TestSupport

/// The built `twin`, as a user runs it.
let twinExecutable = packageRoot.appending(path: ".build/debug/twin").path

/// The environment of cron: nearly nothing. The model's weights are where the tests' own environment has them.
///
/// libmongoc keeps its counters in a shared file named after the process. Tests that kill processes leave such files, and
/// a later process of one's number would warn of it on standard error.
let bareEnvironment: [String: String] = {
  let own = ProcessInfo.processInfo.environment
  let kept = ["HOME", "TWIN_MODELS", "XDG_DATA_HOME", "LD_LIBRARY_PATH"]
  return own.filter { kept.contains($0.key) }.merging(["PATH": "/usr/bin:/bin", "MONGOC_DISABLE_SHM": "1"]) { $1 }
}()

/// Runs `twin` without a terminal and waits for it to end.
func twin(
  _ arguments: [String], environment: [String: String] = [:], folder: String = "/", input: String = ""
) async throws -> CommandResult {
  try await run(
    twinExecutable, arguments, environment: bareEnvironment.merging(environment) { $1 }, folder: folder, input: input)
}
