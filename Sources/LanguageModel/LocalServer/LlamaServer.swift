import Foundation
import HTTP
import Subprocess
import Synchronization
import SystemPackage

/// A running program that serves a model. It ends when this value goes.
final class LlamaServer: Sendable {
  /// Where it listens, on 127.0.0.1.
  let port: Int
  private let watch: Watch
  private let task: Task<Void, Never>

  /// How it ended, such as `exit code 1`; nil while it runs.
  var ending: String? { watch.state.withLock(\.ending) }

  /// The end of what it wrote to its standard error, on one line.
  var lastWords: String { excerpt(of: watch.state.withLock(\.output)) }

  /// Starts the program, without a shell and in a session of its own, so that no signal of a terminal reaches it and all
  /// of its processes can be ended together.
  init(_ configuration: LlamaServerConfiguration, port: Int) {
    self.port = port
    let watch = Watch()
    self.watch = watch
    task = Task { await watch.run(configuration, port: port) }
  }

  deinit { task.cancel() }

  /// Ends it and waits until it has ended.
  func stop() async {
    task.cancel()
    await task.value
  }

  /// How it ended, if it does within a second: a broken connection is seen before the end of the program.
  func endingSoon() async -> String? {
    for _ in 0..<50 where ending == nil {
      do { try await Task.sleep(for: .milliseconds(20)) } catch { return ending }
    }
    return ending
  }
}

/// What the task of a running program and whoever asks about it share.
private final class Watch: Sendable {
  struct State {
    var ending: String?
    var output: [UInt8] = []
  }

  let state = Mutex(State())
  /// How much of its standard error is kept.
  private static let outputLimit = 2000

  func run(_ configuration: LlamaServerConfiguration, port: Int) async {
    var platform = PlatformOptions()
    platform.createSession = true
    platform.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
    var words = [configuration.program] + configuration.arguments(port: port)
    if let guardian = Self.guardian { words = guardian + words }
    do {
      let result = try await Subprocess.run(
        Configuration(
          executable: words[0].contains("/") ? .path(FilePath(words[0])) : .name(words[0]),
          arguments: Arguments(Array(words.dropFirst())), platformOptions: platform),
        input: .none, output: .discarded, error: .sequence
      ) { execution in
        let process = execution.processIdentifier.value
        LiveServers.add(process)
        defer { LiveServers.remove(process) }
        for try await buffer in execution.standardError {
          let bytes = buffer.withUnsafeBytes { Array($0.suffix(Self.outputLimit)) }
          state.withLock { $0.output = ($0.output + bytes).suffix(Self.outputLimit) }
        }
      }
      end(Self.words(for: result.terminationStatus))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      end("it is not installed, or not on the PATH")
    } catch {
      end(Task.isCancelled ? "it was stopped" : "it could not be run: \(error)")
    }
  }

  private func end(_ ending: String) { state.withLock { $0.ending = ending } }

  private static func words(for status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): code == 127 ? "it is not installed, or not on the PATH" : "exit code \(code)"
    case .signaled(let signal): "signal \(signal)"
    }
  }

  /// What lets the program end with this process, even if that is killed: util-linux' `setpriv`, which every Debian has.
  /// Elsewhere only an orderly end of this process ends the program.
  private static let guardian: [String]? = {
    let path = "/usr/bin/setpriv"
    return FileManager.default.isExecutableFile(atPath: path) ? [path, "--pdeathsig", "KILL", "--"] : nil
  }()
}
