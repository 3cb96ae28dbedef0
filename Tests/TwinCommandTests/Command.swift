import Foundation
import TestSupport

/// What a run of a command left.
struct CommandResult: Sendable, CustomStringConvertible {
  var status: Int32
  var output: String
  var error: String

  var description: String { "exit \(status)\n--- stdout\n\(output)\n--- stderr\n\(error)" }

  /// Standard output as one JSON value.
  func json() throws -> Any { try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed) }
}

/// The built `twin`, as a user runs it.
let twinExecutable = packageRoot.appending(path: ".build/debug/twin").path

/// The environment of cron: nearly nothing. The model's weights are where the tests' own environment has them.
let bareEnvironment: [String: String] = {
  let own = ProcessInfo.processInfo.environment
  let kept = ["HOME", "TWIN_MODELS", "XDG_DATA_HOME", "LD_LIBRARY_PATH"]
  return own.filter { kept.contains($0.key) }.merging(["PATH": "/usr/bin:/bin"]) { $1 }
}()

/// Runs `twin` without a terminal and waits for it to end.
func twin(
  _ arguments: [String], environment: [String: String] = [:], folder: String = "/", input: String = ""
) async throws -> CommandResult {
  try await run(
    twinExecutable, arguments, environment: bareEnvironment.merging(environment) { $1 }, folder: folder, input: input)
}

/// Runs a program and waits for it to end.
func run(
  _ program: String, _ arguments: [String], environment: [String: String], folder: String = "/", input: String = ""
) async throws -> CommandResult {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.environment = environment
  process.currentDirectoryURL = URL(fileURLWithPath: folder)
  let (output, error, source) = (Pipe(), Pipe(), Pipe())
  process.standardOutput = output
  process.standardError = error
  process.standardInput = source
  try process.run()
  try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try source.fileHandleForWriting.close()
  // Both pipes are read at once, else a full one would stop the process; off the pool, since reading blocks.
  async let outputBytes = bytes(of: output.fileHandleForReading)
  async let errorBytes = bytes(of: error.fileHandleForReading)
  let (out, err) = try await (outputBytes, errorBytes)
  process.waitUntilExit()
  return CommandResult(
    status: process.terminationStatus, output: String(decoding: out, as: UTF8.self),
    error: String(decoding: err, as: UTF8.self))
}

private func bytes(of handle: FileHandle) async throws -> Data {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue(label: "reader").async {
      continuation.resume(with: Result { try handle.readToEnd() ?? Data() })
    }
  }
}
