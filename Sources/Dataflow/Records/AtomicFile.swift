package import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes a file so that a reader, or a crash at any point, finds the old content or the new and nothing between:
/// a temporary file beside it, `fsync`, `rename`, `fsync` of the folder.
///
/// - Throws: ``DataflowError/recordFailed(path:reason:)``.
package func writeAtomically(_ data: Data, to path: String) throws {
  let folder = (path as NSString).deletingLastPathComponent
  let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
  let file = try openFile(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
  do {
    defer { close(file) }
    try writeAll(data, to: file, path)
    try check(fsync(file), path)
  } catch {
    unlink(temporary)
    throw error
  }
  guard rename(temporary, path) == 0 else {
    let failure = DataflowError.recordFailed(path: path, reason: systemError())
    unlink(temporary)
    throw failure
  }
  try synchronizeFolder(folder)
}

/// Makes a change of a folder's entries last.
func synchronizeFolder(_ path: String) throws {
  let folder = try openFile(path, O_RDONLY | O_CLOEXEC)
  defer { close(folder) }
  try check(fsync(folder), path)
}

/// Makes a folder and those above it, if they are not there.
package func makeFolder(_ path: String) throws {
  do {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  } catch {
    throw DataflowError.recordFailed(path: path, reason: "the folder cannot be made: \(systemReason(of: error))")
  }
}

/// Opens a file; what is created is readable by all and writable by its owner, as far as the process' mask allows.
func openFile(_ path: String, _ flags: Int32) throws -> Int32 {
  let file = open(path, flags, 0o644)
  guard file >= 0 else { throw DataflowError.recordFailed(path: path, reason: systemError()) }
  return file
}

/// What the last failed system call says.
func systemError() -> String { systemReason(errno) }

private func writeAll(_ data: Data, to file: Int32, _ path: String) throws {
  try data.withUnsafeBytes { bytes in
    var written = 0
    while written < bytes.count {
      let count = write(file, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if count < 0, errno == EINTR { continue }
      try check(Int32(clamping: count), path)
      written += count
    }
  }
}

private func check(_ result: Int32, _ path: String) throws {
  guard result >= 0 else { throw DataflowError.recordFailed(path: path, reason: systemError()) }
}
