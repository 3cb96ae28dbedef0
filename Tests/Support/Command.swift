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
/// - Parameter program: a path, or a name that is looked for on the `PATH` of this process.
public func run(
  _ program: String, _ arguments: [String],
  environment: [String: String] = ProcessInfo.processInfo.environment, folder: String = "/", input: String = ""
) async throws -> CommandResult {
  let command = try Command(program, arguments, environment: environment, folder: folder, input: input)
  return try command.result(status: await command.process.ended())
}

/// The same, for tests that are not asynchronous: it blocks its thread until the program ends.
public func runBlocking(
  _ program: String, _ arguments: [String],
  environment: [String: String] = ProcessInfo.processInfo.environment, folder: String = "/", input: String = ""
) throws -> CommandResult {
  let command = try Command(program, arguments, environment: environment, folder: folder, input: input)
  return try command.result(status: command.process.wait())
}

/// A process whose streams are files, not pipes: a pipe's end that another child inherits by chance would keep the
/// reader waiting for as long as that child lives.
private struct Command {
  let process: ChildProcess
  private let streams: TemporaryFolder

  init(
    _ program: String, _ arguments: [String], environment: [String: String], folder: String, input: String
  ) throws {
    streams = try TemporaryFolder()
    try streams.write(input, to: "input")
    try streams.write("", to: "output")
    try streams.write("", to: "error")
    process = try ChildProcess(
      program, arguments, environment: environment, folder: folder,
      input: try FileHandle(forReadingFrom: streams.url.appending(path: "input")),
      output: try FileHandle(forWritingTo: streams.url.appending(path: "output")),
      error: try FileHandle(forWritingTo: streams.url.appending(path: "error")))
  }

  func result(status: Int32) throws -> CommandResult {
    CommandResult(
      status: status, output: try String(contentsOfFile: streams.path("output"), encoding: .utf8),
      error: try String(contentsOfFile: streams.path("error"), encoding: .utf8))
  }
}
