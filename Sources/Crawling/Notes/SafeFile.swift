import Domain
import Foundation

/// Why a file below a folder was not read.
enum SafeFileError: Error, Hashable {
  case tooLarge
  case unreadable(String)
}

/// Reads a regular file below `root`, following no symbolic link on the way.
///
/// - Parameters:
///   - root: a folder that the user named; it may itself be a link.
///   - path: the file's path relative to it, without `..`.
/// - Throws: ``SafeFileError``.
func readFile(_ path: String, below root: String, limit: Int) throws(SafeFileError) -> [UInt8] {
  var folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard folder >= 0 else { throw .unreadable(systemReason(errno)) }
  defer { close(folder) }
  let components = path.split(separator: "/").map(String.init)
  for component in components.dropLast() {
    let next = openat(folder, component, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard component != "..", next >= 0 else { throw .unreadable(systemReason(errno)) }
    close(folder)
    folder = next
  }
  // O_NONBLOCK: opening a pipe that took the file's place must not wait for a writer.
  let file = openat(folder, components.last ?? "", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
  guard file >= 0 else { throw .unreadable(systemReason(errno)) }
  defer { close(file) }
  return try readRegularFile(file, limit: limit)
}

/// Reads a file that the user named; a link is followed.
///
/// - Throws: ``SafeFileError``.
func readNamedFile(_ path: String, limit: Int) throws(SafeFileError) -> [UInt8] {
  let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard file >= 0 else { throw .unreadable(systemReason(errno)) }
  defer { close(file) }
  return try readRegularFile(file, limit: limit)
}

private func readRegularFile(_ file: Int32, limit: Int) throws(SafeFileError) -> [UInt8] {
  var information = stat()
  guard fstat(file, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
    throw .unreadable("it is no regular file")
  }
  guard information.st_size <= limit else { throw .tooLarge }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(Int(information.st_size))
  while true {
    // A file that grows while it is read still ends at the limit.
    let room = min(1 << 18, limit + 1 - bytes.count)
    guard room > 0 else { throw .tooLarge }
    let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = max(0, read(file, buffer.baseAddress, room))
    }
    if chunk.isEmpty { return bytes }
    bytes += chunk
  }
}
