import Foundation

/// Keeps a copy to an embedded vector store apart from the runs that write to that store with a configuration.
///
/// The runs share the lock, since SQLite lets them take turns. A copy, which may put other collections into the place of
/// those that they write to, has it alone. The lock file lies beside the store; of a store that is not there yet, and of one
/// in a server, there is none.
public struct StoreLock: Sendable {
  private let path: String?

  /// Names the lock of the vector store with this address.
  public init(_ url: String) {
    guard url.lowercased().hasPrefix("sqlite:") else {
      path = nil
      return
    }
    let path = url.dropFirst("sqlite:".count)
    let file = URL(fileURLWithPath: String(path.hasPrefix("//") ? path.dropFirst(2) : path)).resolvingSymlinksInPath()
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
    self.path = isThere && !isFolder.boolValue ? file.path : nil
  }

  /// Does something while no one else writes.
  ///
  /// - Throws: ``PipelineError/storeInUse(path:process:)`` at once if another process does; what `work` throws.
  nonisolated(nonsending) public func holdAlone<Value>(
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await hold(isShared: false, work)
  }

  /// Does something while others may write, too, but not alone.
  ///
  /// - Throws: as ``holdAlone(_:)``.
  nonisolated(nonsending) func share<Value>(
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await hold(isShared: true, work)
  }

  nonisolated(nonsending) private func hold<Value>(
    isShared: Bool, _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    guard let path else { return try await work() }
    let lock = RunLock(file: URL(fileURLWithPath: path + ".lock"), pipeline: path)
    do {
      return try await lock.hold(isShared: isShared, work)
    } catch DataflowError.locked(path, let process) {
      throw PipelineError.storeInUse(path: path, process: process)
    }
  }
}
