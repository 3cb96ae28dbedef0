public import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Keeps two runs of one pipeline with one configuration from going on at once, over all processes of a machine.
///
/// The lock is an advisory `flock` on a file, which the system releases when the process ends in whatever way. The file
/// itself stays: to remove it would let two processes lock two files of one name.
public struct RunLock: Sendable {
  /// The pipeline, for the message.
  public let pipeline: String
  /// The lock file.
  public let file: URL

  /// - Parameter key: what tells runs apart that may go on at once, such as the path of the configuration.
  public init(folder: URL, pipeline: String, key: String) {
    self.pipeline = pipeline
    file = folder.appending(path: "\(fileName(of: pipeline))-\(hexadecimal(digest([pipeline, key])).prefix(16)).lock")
  }

  /// A lock of something that several configurations share.
  ///
  /// - Parameters:
  ///   - file: the lock file, of which that thing has one.
  ///   - pipeline: what is locked, for the message.
  public init(file: URL, pipeline: String) {
    self.pipeline = pipeline
    self.file = file
  }

  /// Does something while holding the lock.
  ///
  /// - Parameter isShared: whether others that share it, too, may go on at once.
  /// - Throws: ``DataflowError/locked(pipeline:process:)`` at once if another run holds it; what `work` throws.
  nonisolated(nonsending) public func hold<Value>(
    isShared: Bool = false,
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try makeFolder(file.deletingLastPathComponent().path)
    let descriptor = try openFile(file.path, O_RDWR | O_CREAT | O_CLOEXEC)
    defer { close(descriptor) }
    guard flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw DataflowError.recordFailed(path: file.path, reason: systemError()) }
      throw DataflowError.locked(pipeline: pipeline, process: holder())
    }
    // Not left to `close`: a program that is being started shares the file, and the lock, until it is itself.
    defer { flock(descriptor, LOCK_UN) }
    announceHolder(descriptor)
    return try await work()
  }

  /// Writes the process into the file, for the message that another one gives. Best effort: the lock does not need it.
  private func announceHolder(_ descriptor: Int32) {
    let text = Array("\(getpid())\n".utf8)
    if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
  }

  private func holder() -> String? {
    guard let data = FileManager.default.contents(atPath: file.path), data.count < 32 else { return nil }
    return Int(String(decoding: data, as: UTF8.self).split(separator: "\n").first ?? "").map(String.init)
  }
}
