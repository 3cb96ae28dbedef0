public import Foundation

/// What the run of a program left.
public struct CommandResult: Sendable, CustomStringConvertible {
  /// The exit code; minus the signal's number when a signal ended it.
  public var status: Int32
  /// Standard output.
  public var output: String
  /// Standard error.
  public var error: String

  /// All of it, for the message of a failed expectation.
  public var description: String { "exit \(status)\n--- stdout\n\(output)\n--- stderr\n\(error)" }

  /// Standard output as one JSON value.
  public func json() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
  }
}

/// Runs a program without a terminal and waits for it to end, on no thread of the cooperative pool.
///
/// - Parameter program: a path, or a name that is looked for on the `PATH` of `environment`.
public func run(
  _ program: String, _ arguments: [String],
  environment: [String: String] = ProcessInfo.processInfo.environment, folder: String = "/", input: String = ""
) async throws -> CommandResult {
  let command = try Command(program, arguments, environment: environment, folder: folder, input: input)
  let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
    command.process.terminationHandler = { continuation.resume(returning: exitCode(of: $0)) }
    do {
      try command.process.run()
    } catch {
      command.process.terminationHandler = nil
      continuation.resume(throwing: error)
    }
  }
  return try command.result(status: status)
}

/// The same, for tests that are not asynchronous: it blocks its thread until the program ends.
public func runBlocking(
  _ program: String, _ arguments: [String],
  environment: [String: String] = ProcessInfo.processInfo.environment, folder: String = "/", input: String = ""
) throws -> CommandResult {
  let command = try Command(program, arguments, environment: environment, folder: folder, input: input)
  try command.process.run()
  command.process.waitUntilExit()
  return try command.result(status: exitCode(of: command.process))
}

private func exitCode(of process: Process) -> Int32 {
  process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
}

/// A process whose streams are files, not pipes: a pipe's end that another child inherits by chance would keep the
/// reader waiting for as long as that child lives.
private struct Command {
  let process = Process()
  private let streams: TemporaryFolder

  init(
    _ program: String, _ arguments: [String], environment: [String: String], folder: String, input: String
  ) throws {
    streams = try TemporaryFolder()
    try streams.write(input, to: "input")
    try streams.write("", to: "output")
    try streams.write("", to: "error")
    let isPath = program.contains("/")
    process.executableURL = URL(fileURLWithPath: isPath ? program : "/usr/bin/env")
    process.arguments = (isPath ? [] : [program]) + arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = try FileHandle(forReadingFrom: streams.url.appending(path: "input"))
    process.standardOutput = try FileHandle(forWritingTo: streams.url.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: streams.url.appending(path: "error"))
  }

  func result(status: Int32) throws -> CommandResult {
    CommandResult(
      status: status, output: try String(contentsOfFile: streams.path("output"), encoding: .utf8),
      error: try String(contentsOfFile: streams.path("error"), encoding: .utf8))
  }
}
