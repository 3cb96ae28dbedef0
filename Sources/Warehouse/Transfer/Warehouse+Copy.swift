import BSON
import Domain
import Storage

extension Warehouse {
  /// Copies documents, as they are stored, to another warehouse, and compares both afterwards.
  ///
  /// A document replaces the one of its identifier; one whose link is stored under another identifier is a failure and
  /// changes nothing. What else the target has stays. To copy again changes nothing, so an interrupted copy is gone on
  /// with by doing it again. Documents stream through, so that it does not matter how many there are; the identifiers of
  /// those that fail are kept in memory.
  ///
  /// The comparison reads everything back from both sides. What others change meanwhile counts as different.
  ///
  /// A collection that one of both cannot have, for its name or for what is in it, is among the report's failures.
  ///
  /// - Throws: ``WarehouseError/copiesToItself(location:)``, ``WarehouseError/unknownCollection(name:reason:)``, or what
  ///   keeps one of both from answering; what was stored by then stays.
  public func copy(to target: Warehouse, options: CopyOptions = CopyOptions()) async throws -> CopyReport {
    let (here, there) = (try await information(), try await target.information())
    guard !isSamePlace(here, there) else { throw WarehouseError.copiesToItself(location: here.location) }
    var report = CopyReport(source: here.location, target: there.location)
    for name in try await collections(named: options.collections) {
      try Task.checkCancellation()
      do {
        let copy = CollectionCopy(
          name: name, source: try await driver(forRaw: name, for: .reading),
          target: try await target.driver(forRaw: name), progress: options.progress)
        report.collections.append(try await copy.run())
      } catch let error as WarehouseError where error.isAboutOneCollection {
        report.failures.append(FailedCollection(name: name, reason: error.description))
      }
    }
    return report
  }

  /// Whether two are one: the same database, or the same file by whatever names.
  private func isSamePlace(_ one: WarehouseInformation, _ other: WarehouseInformation) -> Bool {
    guard one.kind == other.kind else { return false }
    if one.location == other.location { return true }
    guard let first = FileIdentity(path: one.location) else { return false }
    return first == FileIdentity(path: other.location)
  }
}
