import Synchronization

/// A driver, and which collections it has made ready.
final class PreparedStore: Sendable {
  let driver: any WarehouseDriver
  private let prepared = Mutex<Set<Prepared>>([])

  private struct Prepared: Hashable {
    let collection: CollectionDescription
    let use: CollectionUse
  }

  init(_ driver: any WarehouseDriver) {
    self.driver = driver
  }

  /// The driver, after it has made the collection ready.
  ///
  /// Tasks that come at once may each ask for that, which a driver does once.
  func prepared<D: Document>(
    for type: D.Type, name: String, _ use: CollectionUse
  ) async throws -> any WarehouseDriver {
    let collection = try CollectionDescription(of: type, name: name)
    let isReady = prepared.withLock { prepared in
      prepared.contains(Prepared(collection: collection, use: .writing))
        || prepared.contains(Prepared(collection: collection, use: use))
    }
    if isReady { return driver }
    try await driver.prepare(collection, for: use)
    prepared.withLock { _ = $0.insert(Prepared(collection: collection, use: use)) }
    return driver
  }
}
