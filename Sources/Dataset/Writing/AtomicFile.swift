import Domain
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file so that there is the old one or the new one whatever happens, unless it has these bytes already.
///
/// - Returns: whether the file changed.
/// - Throws: ``DatasetError/cannotWrite(path:reason:)``.
func replaceFile(at path: String, with bytes: [UInt8]) throws -> Bool {
  if let old = FileManager.default.contents(atPath: path), old.elementsEqual(bytes) { return false }
  let temporary = "\(path).\(UUID().uuidString).tmp"
  do {
    try write(bytes, to: temporary)
    guard rename(temporary, path) == 0 else { throw failure(path) }
  } catch {
    unlink(temporary)
    throw error
  }
  try synchronizeFolder(of: path)
  return true
}

/// Removes a file if it is there.
///
/// - Returns: whether it was there.
/// - Throws: ``DatasetError/cannotWrite(path:reason:)``.
func removeFile(at path: String) throws -> Bool {
  if unlink(path) == 0 { return true }
  if errno == ENOENT { return false }
  throw failure(path)
}

private func write(_ bytes: [UInt8], to path: String) throws {
  let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
  guard file >= 0 else { throw failure(path) }
  defer { close(file) }
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes { systemWrite(file, $0) }
    if count < 0 {
      if errno == EINTR { continue }
      throw failure(path)
    }
    written += count
  }
  guard fsync(file) == 0 else { throw failure(path) }
}

/// `write(2)`, whose name the function above hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Glibc)
    Glibc.write(file, bytes.baseAddress, bytes.count)
  #elseif canImport(Musl)
    Musl.write(file, bytes.baseAddress, bytes.count)
  #else
    Darwin.write(file, bytes.baseAddress, bytes.count)
  #endif
}

/// Makes a renaming last over a power cut.
private func synchronizeFolder(of path: String) throws {
  let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
  guard folder >= 0 else { throw failure(path) }
  defer { close(folder) }
  guard fsync(folder) == 0 else { throw failure(path) }
}

private func failure(_ path: String) -> DatasetError {
  .cannotWrite(path: path, reason: systemReason(errno))
}
