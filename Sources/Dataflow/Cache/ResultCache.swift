public import Foundation

/// Where results of steps are kept between runs, by the digest of what they were made from.
///
/// It is a folder that several processes may use at once and that may be removed at any time. What is missing, torn or
/// altered in it is not found; it is never an error, and never returned.
public struct ResultCache: Sendable {
  /// The folder, which is made when the cache is opened.
  public let folder: URL
  /// How many bytes of values are kept from run to run.
  public let limit: Int
  let faultPoint: @Sendable (CachePhase) -> Void

  /// - Parameters:
  ///   - folder: the cache's own folder.
  ///   - limit: in bytes, 4 GiB by default; it may be exceeded while a run goes on.
  public init(_ folder: URL, limit: Int = 4 << 30) {
    self.init(folder, limit: limit, faultPoint: { _ in })
  }

  /// - Parameter faultPoint: called at every moment of work on the files, from the thread that does it.
  package init(_ folder: URL, limit: Int = 4 << 30, faultPoint: @escaping @Sendable (CachePhase) -> Void) {
    self.folder = folder
    self.limit = max(0, limit)
    self.faultPoint = faultPoint
  }

  /// Makes the folder if need be and reads what is in it. Blocks: 0.2 s for a million entries.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)`` if the folder cannot be made.
  public func open() throws -> OpenResultCache {
    let files = CacheFolder(path: folder.path, faultPoint: faultPoint)
    try files.make()
    return OpenResultCache(files, limit: limit)
  }
}
