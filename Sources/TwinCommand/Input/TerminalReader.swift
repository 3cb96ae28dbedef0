import Foundation

/// Reads what a person types.
enum TerminalReader {
  /// The next line of standard input, without its end.
  ///
  /// - Throws: `CancellationError` as soon as the command is interrupted, which a blocking read would not notice.
  static func line() async throws -> String {
    var bytes: [UInt8] = []
    while true {
      try Task.checkCancellation()
      let byte = try await offPool { () -> UInt8?? in
        var state = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&state, 1, 100) > 0 else { return .some(nil) }
        var byte: UInt8 = 0
        return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
      }
      switch byte {
      case nil, UInt8(ascii: "\n")??: return String(decoding: bytes, as: UTF8.self)
      case .some(nil): continue
      case .some(let byte?): bytes.append(byte)
      }
    }
  }
}
