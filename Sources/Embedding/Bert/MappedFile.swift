import Domain
import Foundation

/// A file's bytes, mapped into memory: read from the disk when first touched, shared with other processes.
///
/// Replace such a file by renaming another over it; a file that is cut short while it is mapped ends the process.
final class MappedFile: @unchecked Sendable {
  // Sendable since nobody writes: the mapping is read-only and lives as long as the object.

  /// The file's first byte.
  let start: UnsafeRawPointer
  /// The file's size in bytes.
  let count: Int

  /// Maps the whole file.
  ///
  /// - Throws: ``EmbeddingError/cannotRead(path:reason:)``, ``EmbeddingError/invalidFile(path:reason:)`` if it is empty.
  init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.systemError(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.systemError(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw EmbeddingError.cannotRead(path: path, reason: "it is not a file")
    }
    guard status.st_size > 0 else { throw EmbeddingError.invalidFile(path: path, reason: "it is empty") }
    let mapping = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapping, mapping != MAP_FAILED else { throw Self.systemError(path) }
    start = UnsafeRawPointer(mapping)
    count = Int(status.st_size)
  }

  /// Gives the memory back that the file's pages take in this process; they are mapped again when they are touched.
  func releasePages() {
    madvise(UnsafeMutableRawPointer(mutating: start), count, MADV_DONTNEED)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: start), count) }

  private static func systemError(_ path: String) -> EmbeddingError {
    .cannotRead(path: path, reason: systemReason(errno))
  }
}
