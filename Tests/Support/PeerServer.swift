import Foundation

/// A server of `Tests/Peers/`, in a process of its own.
///
/// The script prints `ready PORT` as its first line once it listens (on port 0 of 127.0.0.1, so that tests never
/// collide), and ends when its standard input ends, so that none is left behind when the tests are killed.
public final class PeerServer: Sendable {
  /// The port it listens on.
  public let port: Int
  private let process: ChildProcess
  private let input: PrivatePipe

  /// Starts `Tests/Peers/<script>` with the tests' Python and waits until it listens.
  public init(_ script: String, arguments: [String] = []) throws {
    let output = try PrivatePipe()
    let input = try PrivatePipe()
    let process: ChildProcess
    do {
      process = try ChildProcess(
        testPython, [packageRoot.appending(path: "Tests/Peers/\(script)").path] + arguments,
        input: input.reading, output: output.writing)
    } catch {
      throw PeerServerError.cannotStart(script: script, reason: "\(testPython): \(error). Run scripts/setup first.")
    }
    // The other ends belong to the server now: only when it alone holds them do they close with it.
    try output.writing.close()
    try input.reading.close()
    var line: [UInt8] = []
    while let byte = try output.reading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
      line.append(byte)
    }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard words.count == 2, words[0] == "ready", let port = Int(words[1]) else {
      process.send(SIGKILL)
      process.wait()
      throw PeerServerError.cannotStart(script: script, reason: "it did not say `ready PORT`")
    }
    self.port = port
    self.process = process
    self.input = input
  }

  deinit { stop() }

  /// Ends the server at once, as a crash would.
  public func stop() {
    try? input.writing.close()
    process.send(SIGKILL)
    process.wait()
  }
}

/// Why a peer server did not start.
public enum PeerServerError: Error, CustomStringConvertible {
  /// The script could not be run, or did not announce itself.
  case cannotStart(script: String, reason: String)

  /// What was being started and why it failed.
  public var description: String {
    switch self {
    case .cannotStart(let script, let reason): "cannot start Tests/Peers/\(script): \(reason)"
    }
  }
}
