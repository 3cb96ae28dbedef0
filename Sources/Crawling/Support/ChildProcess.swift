import Subprocess
import SystemPackage

/// One run of another program: no shell, an environment of its own, bounded in time and output.
struct ChildProcess: Sendable {
  /// The name, looked up in the `PATH` of ``environment``.
  var program: String
  var arguments: [String]
  var environment: [String: String]
  /// The folder that it runs in.
  var folder: String
  /// The file that it reads as its standard input. Never a pipe: a program that ends before it has read all would end
  /// this one too (SIGPIPE).
  var inputFile = "/dev/null"
  /// The most bytes of its standard output; more is an error.
  var outputLimit: Int
  /// How long it may take before it is ended.
  var seconds: Double

  /// What a run gave.
  struct Result: Sendable {
    var isSuccess: Bool
    var output: [UInt8]
    /// The beginning of its standard error.
    var errors: String
  }

  /// Why a run gave nothing.
  enum Failure: Error, Hashable {
    case notInstalled
    case cannotRun(String)
    case tookTooLong
    case tooMuchOutput
  }

  /// Runs it to its end. A cancelled task ends the program.
  ///
  /// - Throws: ``Failure``, or `CancellationError`.
  func run() async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
      group.addTask { try await runToEnd() }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        throw Failure.tookTooLong
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() else { throw CancellationError() }
      return result
    }
  }

  private func runToEnd() async throws -> Result {
    var platform = PlatformOptions()
    // git starts helpers: a session of its own lets them all be ended together.
    platform.createSession = true
    platform.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
    let variables = environment.compactMap { name, value in
      Environment.Key(rawValue: name).map { ($0, value) }
    }
    let configuration = Configuration(
      executable: .name(program), arguments: Arguments(arguments),
      environment: .custom(Dictionary(variables) { first, _ in first }),
      workingDirectory: FilePath(folder), platformOptions: platform)
    do {
      let input = try FileDescriptor.open(FilePath(inputFile), .readOnly)
      defer { try? input.close() }
      let result = try await Subprocess.run(
        configuration, input: .fileDescriptor(input, closeAfterSpawningProcess: false), output: .sequence,
        error: .sequence
      ) { execution in
        async let errors = collect(execution.standardError, limit: 16 << 10) {}
        let output = try await collect(execution.standardOutput, limit: outputLimit) {
          try execution.send(signal: .kill, toProcessGroup: true)
        }
        return (output: output, errors: try await errors)
      }
      try Task.checkCancellation()
      let (output, errors) = result.closureResult
      guard !output.isTruncated else { throw Failure.tooMuchOutput }
      return Result(
        isSuccess: result.terminationStatus.isSuccess, output: output.bytes,
        errors: String(decoding: errors.bytes, as: UTF8.self))
    } catch let error as Errno {
      throw Failure.cannotRun("\(inputFile) cannot be read: \(error)")
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      if error.code == .executableNotFound { throw Failure.notInstalled }
      throw Failure.cannotRun(error.description)
    }
  }

  /// Reads a stream to its end, so that the program never waits for a reader, and keeps its first bytes.
  ///
  /// - Parameter atLimit: called once, when there is more than is kept.
  private func collect(
    _ stream: SubprocessOutputSequence, limit: Int, atLimit: () throws -> Void
  ) async throws -> (bytes: [UInt8], isTruncated: Bool) {
    var bytes: [UInt8] = []
    var isTruncated = false
    for try await buffer in stream {
      let room = limit - bytes.count
      buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(room)) }
      if buffer.count > room, !isTruncated {
        isTruncated = true
        try atLimit()
      }
    }
    return (bytes, isTruncated)
  }
}
