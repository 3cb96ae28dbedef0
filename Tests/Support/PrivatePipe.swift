public import Foundation

/// A pipe whose ends no child inherits but the one that is given them.
///
/// Tests start programs from several threads at once. With an ordinary pipe, a program that starts in between would hold
/// the other's end open for as long as it lives.
public struct PrivatePipe: Sendable {
  /// The end to read from.
  public let reading: FileHandle
  /// The end to write to.
  public let writing: FileHandle

  /// Makes a pipe; both ends close with the last reference to them.
  public init() throws {
    var ends: [Int32] = [0, 0]
    // A socket pair: `pipe2`, which would do the same, is not among what Swift imports of glibc.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    reading = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    writing = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
  }
}
