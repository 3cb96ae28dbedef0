import Foundation

extension Configuration {
  /// The records of the runs of this configuration.
  public var runStore: RunStore { RunStore(URL(fileURLWithPath: runs)) }

  /// What tells this configuration from others that share the folder of records: the real path of its file.
  var identity: String { URL(fileURLWithPath: file).resolvingSymlinksInPath().path }

  /// The items of this configuration that failed, kept beside the records; the folder's name begins with a dot, since
  /// it is not a run.
  public var quarantine: Quarantine {
    Quarantine(runStore.folder.appending(path: ".quarantine"), scope: identity)
  }

  /// Where results are kept between runs.
  public var resultCache: ResultCache { ResultCache(URL(fileURLWithPath: cache.folder), limit: cache.limit) }
}
