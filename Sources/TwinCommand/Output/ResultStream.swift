import Foundation

/// Writes a result to standard output as it is and waits until it is taken.
///
/// - Throws: ``InputError/cannotWrite(name:reason:)``, such as for a full disk. When the reader went away
///   (`twin embed | head`) there is no more to do: an exit code without a message.
func writeResult(_ text: String) async throws {
  try await offPool { try writeToOutput(Data(text.utf8)) }
}

/// Writes bytes to standard output; blocks until they are taken.
///
/// - Throws: as ``writeResult(_:)``.
func writeToOutput(_ data: Data) throws {
  let failure = writeAll(data, to: STDOUT_FILENO)
  switch failure {
  case 0: return
  case EPIPE: throw ExitStatus.couldNotRun.code
  default: throw InputError.cannotWrite(name: "standard output", reason: systemMessage(failure))
  }
}

/// A text whose last line ends in a line feed; an empty one stays so.
func endingInLineFeed(_ text: String) -> String {
  text.isEmpty || text.utf8.last == 0x0A ? text : text + "\n"
}

/// Writes all bytes; gives the error number, or 0.
func writeAll(_ bytes: some DataProtocol, to descriptor: Int32) -> Int32 {
  let bytes = [UInt8](bytes)
  var position = 0
  while position < bytes.count {
    let written = bytes[position...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written >= 0 {
      position += written
    } else if errno == EAGAIN {
      var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&ready, 1, 100)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}
