import Domain
import Foundation

/// A file that appears under its name only when it is complete and on the disk.
final class AtomicFile: Sendable {
  let path: String
  private let temporaryPath: String
  private let descriptor: Int32

  /// Begins the file beside its final place.
  init(path: String) throws {
    self.path = path
    temporaryPath = "\(path).\(UUID().uuidString).tmp"
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure() }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether there is a file of the name that is not empty.
  var replacesContent: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
  }

  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure() }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Makes the file durable and gives it its name.
  func commit() throws {
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else { throw failure() }
    // The name is durable only when its folder is (fsync(2)).
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure() }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure() }
  }

  /// Leaves nothing behind; does nothing after ``commit()``, when there is no file of the temporary name any more.
  func abandon() {
    unlink(temporaryPath)
  }

  private func failure() -> WarehouseError {
    .cannotWriteFile(path: path, reason: systemReason(errno))
  }
}
