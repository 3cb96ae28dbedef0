import Foundation
import TestSupport

/// A disk of a size of its own: a tmpfs, mounted in a test's folder. Only root may make one.
final class SmallDisk: Sendable {
  /// Whether this process may mount. A container's root may not, so it is tried.
  static let isPossible: Bool = {
    guard geteuid() == 0, let disk = try? SmallDisk(kilobytes: 64) else { return false }
    return disk.isMounted
  }()

  let folder: TemporaryFolder
  private let isMounted: Bool

  init(kilobytes: Int) throws {
    folder = try TemporaryFolder()
    let result = try runBlocking("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.url.path])
    isMounted = result.status == 0
  }

  deinit {
    // Lazily: what a failed test still has open there must not keep it.
    if isMounted { _ = try? runBlocking("umount", ["-l", folder.url.path]) }
  }

  /// Makes the disk larger.
  func grow(toKilobytes kilobytes: Int) async throws {
    let result = try await run("mount", ["-o", "remount,size=\(kilobytes)k", folder.url.path])
    guard result.status == 0 else { throw Unexpected("\(result)") }
  }

  /// Fills what is left.
  func fill() throws {
    let file = open(folder.path("ballast"), O_CREAT | O_WRONLY | O_APPEND, 0o600)
    defer { close(file) }
    for size in [4096, 1] {
      let bytes = [UInt8](repeating: 0, count: size)
      while write(file, bytes, size) == size {}
    }
  }

  /// Gives back what ``fill()`` took.
  func empty() throws { try FileManager.default.removeItem(atPath: folder.path("ballast")) }
}
