import Foundation
import Pipelines

/// A file, a named pipe or standard input, read in pieces.
final class InputReader: Sendable {
  /// What messages call it.
  let name: String
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Parameter path: a path, or `-` for standard input.
  /// - Throws: ``InputError/cannotRead(name:reason:)``.
  init(_ path: String) throws(InputError) {
    guard path != "-" else {
      name = "standard input"
      descriptor = STDIN_FILENO
      return
    }
    name = path
    // O_NONBLOCK: opening a named pipe must not wait for its writer where an interrupt cannot end it.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannotRead(name: path, reason: systemMessage(errno)) }
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// The next bytes, at most `limit`; none at the end. It waits for them, until the task is cancelled.
  ///
  /// - Throws: ``InputError/cannotRead(name:reason:)``, or `CancellationError`.
  func read(limit: Int = 1 << 18) async throws -> [UInt8] {
    while true {
      try Task.checkCancellation()
      if let bytes = try await offPool({ [self] in try readWaiting(milliseconds: 100, limit: limit) }) { return bytes }
    }
  }

  /// All bytes of a page, unpacked if gzip has packed them, as saved pages often are.
  ///
  /// - Throws: as ``readAll(limit:)``, for the bytes as they are and unpacked.
  func readPage(limit: Int) async throws -> [UInt8] {
    let bytes = try await readAll(limit: limit)
    guard isGzip(bytes) else { return bytes }
    do {
      return try gunzipped(bytes, limit: limit, ratio: 200)
    } catch GzipProblem.tooLarge {
      throw InputError.tooLarge(name: name, limit: limit)
    } catch {
      throw InputError.cannotRead(name: name, reason: "it is packed with gzip, and damaged")
    }
  }

  /// All bytes.
  ///
  /// - Throws: ``InputError``, among others when there are more than `limit`; `CancellationError`.
  func readAll(limit: Int) async throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let bytes = try await read()
      if bytes.isEmpty { return all }
      guard all.count + bytes.count <= limit else { throw InputError.tooLarge(name: name, limit: limit) }
      if all.isEmpty { all = bytes } else { all += bytes }
    }
  }

  /// All of it as text.
  ///
  /// - Throws: ``InputError``, among others when it is not UTF-8: offsets in a repaired text would lead to other bytes;
  ///   `CancellationError`.
  func readText(limit: Int = 64 << 20) async throws -> String {
    let bytes = try await readAll(limit: limit)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let before = bytes[..<firstInvalidByte(bytes)]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    throw InputError.notUTF8(name: name, line: before.count { $0 == 0x0A } + 1, byte: before.count - start + 1)
  }

  /// Bytes, none at the end, or nil if nothing came in time.
  private func readWaiting(milliseconds: Int32, limit: Int) throws -> [UInt8]? {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, milliseconds) > 0 else { return nil }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let result = Foundation.read(descriptor, buffer.baseAddress, limit)
      if result < 0 { failure = errno }
      count = max(0, result)
    }
    switch failure {
    case 0: return bytes
    case EAGAIN, EINTR: return nil
    default: throw InputError.cannotRead(name: name, reason: systemMessage(failure))
    }
  }
}

/// Where bytes cease to be UTF-8; their number if they are.
func firstInvalidByte(_ bytes: [UInt8]) -> Int {
  do {
    _ = try UTF8Span(validating: bytes.span)
    return bytes.count
  } catch {
    return error.byteOffsets.lowerBound
  }
}
