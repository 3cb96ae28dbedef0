import Foundation

extension RunStore {
  /// Says that a run is under way, until the mark ends or the process does. To be called before the run's first record
  /// is written, so that no reader sees it without its mark.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  package func markRunning(_ id: String) throws -> RunningMark {
    try makeFolder(path(id))
    return try RunningMark(path: markPath(id))
  }

  /// Whether the run in a folder, whose record says that it is running, is not.
  ///
  /// A folder may be shared by several machines, and a lock on one of them is not seen on the others: of another host's
  /// run nothing is known but what its record says.
  func isAbandoned(_ name: String, _ environment: [String: String]) -> Bool {
    if let host = environment["host"], host != hostName() { return false }
    return !RunningMark.isHeld(at: markPath(name))
  }

  func hasRecord(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path("\(name)/run.json")) }

  /// Where the mark of a run is.
  func markPath(_ name: String) -> String { path("\(name)/.running") }
}
