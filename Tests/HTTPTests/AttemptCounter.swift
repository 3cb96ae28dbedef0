import Logging
import Synchronization

/// Counts the repetitions that a client logs.
final class AttemptCounter: Sendable {
  private let lines = Mutex<[String]>([])
  private let seconds = Mutex<[Double]>([])

  /// How often a request was repeated.
  var repetitions: Int { lines.withLock { $0.count } }

  /// The pauses before the repetitions, in seconds.
  var pauses: [Double] { seconds.withLock { $0 } }

  /// All that was logged.
  var text: String { lines.withLock { $0.joined(separator: "\n") } }

  /// A logger that counts here.
  var logger: Logger {
    Logger(label: "test") { _ in Handler(counter: self) }
  }

  private struct Handler: LogHandler {
    let counter: AttemptCounter
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      if let pause = event.metadata?["pause"].flatMap({ Double("\($0)") }) {
        counter.seconds.withLock { $0.append(pause) }
      }
      counter.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
  }
}
