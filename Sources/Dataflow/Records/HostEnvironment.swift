import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a run runs on, for ``RunRecord/environment``: `os`, `architecture`, `host`, `process` (its id), `cores` (those
/// in use), `memory` (in bytes) and `swift` (the compiler).
func hostEnvironment() -> [String: String] {
  #if compiler(>=6.4)
    let compiler = "6.4 or later"
  #else
    let compiler = "6.3"
  #endif
  #if arch(x86_64)
    let architecture = "x86_64"
  #elseif arch(arm64)
    let architecture = "arm64"
  #else
    let architecture = "other"
  #endif
  let process = ProcessInfo.processInfo
  return [
    "os": process.operatingSystemVersionString, "architecture": architecture, "host": hostName(),
    "process": String(process.processIdentifier), "cores": String(process.activeProcessorCount),
    "memory": String(process.physicalMemory), "swift": compiler,
  ]
}

/// The name that the system has for itself. Foundation's asks the network, which may take seconds.
func hostName() -> String {
  // POSIX allows 255 bytes; a longer name may be cut off without its end.
  var name = [CChar](repeating: 0, count: 257)
  guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
  return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
