import Foundation
import Synchronization

/// The process' output and error streams; whole lines only, so that threads never mix theirs.
enum StandardStreams {
  private static let lock = Mutex(())

  /// Whether a person can answer.
  static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  /// Whether the stream is a terminal that a person looks at.
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  /// Whether results go to a terminal.
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether results may have bold text: on a terminal, and without NO_COLOR (no-color.org).
  static var outputShowsColor: Bool {
    outputIsTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// The columns of the terminal that errors go to; 80 if it does not say.
  static var errorWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes a result and a newline.
  static func printOutput(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Writes progress, a log line or a warning, and a newline.
  static func printError(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Writes to the error stream as it stands, for a line that is drawn again.
  static func drawError(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    lock.withLock { _ in
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        // A reader that went away (`twin search … | head`) is no reason to complain.
        if written < 0 && errno == EINTR { continue }
        if written <= 0 { return }
        bytes = bytes.dropFirst(written)
      }
    }
  }
}
