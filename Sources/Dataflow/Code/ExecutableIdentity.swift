import Foundation

/// Tells the file of the running program from every other build of it.
enum ExecutableIdentity {
  /// The file's size, modification time in nanoseconds and inode. Where they cannot be had, a text that no other process
  /// has: nothing is known of the code then, so nothing may be taken for the same.
  static let current: String = {
    #if os(Linux)
      let path = "/proc/self/exe"
    #else
      let path = Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""
    #endif
    var status = stat()
    guard stat(path, &status) == 0 else { return "unknown-\(UUID().uuidString)" }
    #if os(macOS)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return "\(status.st_size)-\(time.tv_sec).\(time.tv_nsec)-\(status.st_ino)"
  }()
}
