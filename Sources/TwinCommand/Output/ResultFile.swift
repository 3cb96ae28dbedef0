import Foundation

/// A file that a command was asked to write.
///
/// What is written goes to a file beside it, which takes its place when all is there: whoever reads it, also after a
/// crash, finds the old content or the new. What is no regular file, such as `/dev/null` or a pipe, is written directly.
struct ResultFile: ~Copyable {
  private let name: String
  private let path: String
  /// Nil if the file is written directly.
  private let partialPath: String?
  private let descriptor: Int32

  /// - Throws: ``InputError/cannotWrite(name:reason:)``.
  init(_ name: String) throws(InputError) {
    self.name = name
    // A link stays one: its target is replaced.
    path = URL(fileURLWithPath: name).resolvingSymlinksInPath().path
    var status = stat()
    let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    partialPath = isSpecial ? nil : path + ".\(UUID().uuidString).partial"
    let flags = O_WRONLY | O_CLOEXEC | (isSpecial ? 0 : O_CREAT | O_EXCL)
    descriptor = open(partialPath ?? path, flags, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(name: name, reason: systemMessage(errno)) }
  }

  deinit {
    close(descriptor)
    // Nothing is there once the file took its place.
    if let partialPath { unlink(partialPath) }
  }

  /// Adds bytes.
  ///
  /// - Throws: ``InputError/cannotWrite(name:reason:)``.
  func write(_ data: Data) throws(InputError) {
    let failure = writeAll(data, to: descriptor)
    guard failure == 0 else { throw .cannotWrite(name: name, reason: systemMessage(failure)) }
  }

  /// Puts the file in its place.
  ///
  /// - Parameter isFlushed: whether its bytes are on the disk first. Of many files that are soon made again they need not
  ///   be: what ends the process leaves whole files all the same, only what ends the machine may not.
  /// - Throws: ``InputError/cannotWrite(name:reason:)``.
  consuming func finish(isFlushed: Bool = true) throws(InputError) {
    guard let partialPath else { return }
    guard !isFlushed || fsync(descriptor) == 0, rename(partialPath, path) == 0 else {
      throw .cannotWrite(name: name, reason: systemMessage(errno))
    }
  }
}

/// Writes a text to a file, or to standard output for nil or `-`.
///
/// - Throws: ``InputError/cannotWrite(name:reason:)``.
func writeResult(_ text: String, to path: String?) async throws {
  guard let path, path != "-" else { return try await writeResult(text) }
  try await offPool {
    let file = try ResultFile(path)
    try file.write(Data(text.utf8))
    try file.finish()
  }
}
