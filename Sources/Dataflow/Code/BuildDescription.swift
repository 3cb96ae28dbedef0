/// What the same sources may mean something else for: the platform, the architecture, the compiler and the build's
/// configuration.
let buildDescription = [platform, architecture, compiler, configuration].joined(separator: " ")

private var platform: String {
  #if os(Linux)
    "linux"
  #elseif os(macOS)
    "macos"
  #elseif os(Windows)
    "windows"
  #else
    "other"
  #endif
}

private var architecture: String {
  #if arch(x86_64)
    "x86_64"
  #elseif arch(arm64)
    "arm64"
  #else
    "other"
  #endif
}

private var compiler: String {
  #if compiler(>=6.6)
    "swift-6.6+"
  #elseif compiler(>=6.5)
    "swift-6.5"
  #elseif compiler(>=6.4)
    "swift-6.4"
  #elseif compiler(>=6.3)
    "swift-6.3"
  #else
    "swift"
  #endif
}

private var configuration: String {
  #if DEBUG
    "debug"
  #else
    "release"
  #endif
}
