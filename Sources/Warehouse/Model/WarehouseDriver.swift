/// What a store must be able to do to be a warehouse.
///
/// Documents go in and out as values: how they are encoded is the driver's own business. All drivers pass one and the
/// same test suite.
protocol WarehouseDriver: Sendable {
  /// One batch, ordered by identifier, each document decoded as `Value`.
  ///
  /// - Parameter fields: the fields that `Value` needs beside `_id`, so that a driver need not fetch the others; nil for
  ///   all.
  func batch<D: Document, Value: Decodable & Sendable>(
    _ query: Query<D>, as type: Value.Type, fields: [String]?
  ) async throws -> DocumentBatch<Value>

  /// See ``DocumentCollection/count(_:)``.
  func count<D: Document>(_ filter: Filter<D>, in collection: String) async throws -> Int

  /// See ``DocumentCollection/save(_:)``.
  func save<D: Document>(_ documents: [D], in collection: String) async throws -> [SaveOutcome]

  /// See ``DocumentCollection/findOrInsert(_:matching:)``.
  func findOrInsert<D: Document>(_ document: D, matching filter: Filter<D>, in collection: String) async throws -> D

  /// See ``DocumentCollection/delete(_:)``.
  func delete<D: Document>(_ filter: Filter<D>, in collection: String) async throws -> Int

  /// Counts and sizes of one collection.
  func statistics(of collection: String) async throws -> CollectionStatistics

  /// Asks the store for its version, which shows that it answers.
  func information() async throws -> WarehouseInformation
}

extension WarehouseDriver {
  /// The stored document that wins over a new one that means the same: an imported one, whose identifier is not the
  /// derived one, before one that was made here.
  func preferred<D: Document>(among stored: [D], over document: D) -> D? {
    stored.first { $0.id != document.id } ?? stored.first
  }
}
