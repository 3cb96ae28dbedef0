import Foundation
import TestSupport

/// A `WarehouseWriter` in a process of its own.
final class WriterProcess: Sendable {
  /// The lines it prints, as they come; the end of its output ends them. A torn last line is left out.
  let lines: AsyncStream<String>
  private let process: ChildProcess
  private let input: PrivatePipe
  private let errors: TemporaryFolder

  init(_ url: String, _ arguments: [String]) throws {
    let output = try PrivatePipe()
    input = try PrivatePipe()
    errors = try TemporaryFolder()
    try errors.write("", to: "errors")
    // libmongoc keeps its counters in a shared file, which a process that is killed leaves behind.
    let environment = ProcessInfo.processInfo.environment.merging(["MONGOC_DISABLE_SHM": "1"]) { $1 }
    process = try ChildProcess(
      packageRoot.appending(path: ".build/debug/WarehouseWriter").path, [url] + arguments, environment: environment,
      input: input.reading, output: output.writing,
      error: try FileHandle(forWritingTo: errors.url.appending(path: "errors")))
    // The child alone holds the other ends now, so its end is the end of its output.
    try output.writing.close()
    try input.reading.close()
    lines = linesRead(from: output)
  }

  deinit { process.send(SIGKILL) }

  /// Ends it at once, without a chance to finish anything.
  func kill() { process.send(SIGKILL) }

  /// Lets one that waits begin.
  ///
  /// - Throws: `POSIXError` if it has ended. `FileHandle` would end the tests with it (SIGPIPE).
  func begin() throws {
    guard send(input.writing.fileDescriptor, "\n", 1, Int32(MSG_NOSIGNAL)) == 1 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPIPE)
    }
  }

  /// Waits for its end.
  ///
  /// - Returns: the exit code, minus the signal's number when a signal ended it, and what it wrote to standard error.
  func ended() async throws -> (status: Int32, error: String) {
    let status = await process.ended()
    return (status, try String(contentsOfFile: errors.path("errors"), encoding: .utf8))
  }
}

/// Reads on a thread of its own: none of the cooperative pool waits for a child.
private func linesRead(from output: PrivatePipe) -> AsyncStream<String> {
  let (stream, continuation) = AsyncStream.makeStream(of: String.self)
  Thread.detachNewThread {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(output.reading.fileDescriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      for byte in buffer[..<count] {
        if byte == UInt8(ascii: "\n") {
          continuation.yield(String(decoding: line, as: UTF8.self))
          line = []
        } else {
          line.append(byte)
        }
      }
    }
    continuation.finish()
  }
  return stream
}
