import Foundation

extension Configuration {
  /// The records of the runs of this configuration.
  public var runStore: RunStore { RunStore(URL(fileURLWithPath: runs)) }

  /// The items that failed, kept beside the records; its name begins with a dot, since it is not a run.
  public var quarantine: Quarantine { Quarantine(runStore.folder.appending(path: ".quarantine")) }
}
