import BSON

/// What a store must be able to do to be a warehouse.
///
/// Documents go in and out as BSON, whatever the driver keeps them as; `_id` is a string. All drivers pass one and the
/// same test suite.
protocol WarehouseDriver: Sendable {
  /// Makes sure that the collection can be used; called once for each use before the first one.
  ///
  /// For writing, the collection and its indexes are made if need be. For reading, nothing is made that the user may have
  /// no right to make, or that would change a database that is only looked at.
  ///
  /// - Throws: ``WarehouseError/duplicates(location:collection:reason:)`` when stored documents break a unique index.
  func prepare(_ collection: CollectionDescription, for use: CollectionUse) async throws

  /// The names of all collections that the store has.
  func collectionNames() async throws -> [String]

  /// Reads documents.
  func cursor(_ query: Query) -> any DocumentCursor

  /// How many documents the condition means.
  func count(_ condition: FilterCondition, in collection: String) async throws -> Int

  /// How many documents have each value of a field, in no order; null for those without a value of the field's kind.
  func groupCounts(
    by field: FieldPath, where condition: FilterCondition, in collection: String
  ) async throws -> [(value: BSONValue, count: Int)]

  /// See ``DocumentCollection/insert(_:ordered:)``; one outcome per document, in order.
  func insert(
    _ documents: [EncodedDocument], ordered: Bool, in collection: String
  ) async throws -> [InsertOutcome]

  /// Stores documents, each matched with a stored one by the key of the field, else by identifier.
  ///
  /// A document that occurs twice is stored in the given order. Another writer's document that comes in between is seen
  /// and decided on, never overwritten unseen.
  func save(
    _ requests: [SaveRequest], uniqueField: FieldPath?, in collection: String
  ) async throws -> [SaveOutcome]

  /// The stored document that the condition means, or `document` after storing it: one atomic step.
  ///
  /// The stored document of the same identifier counts too.
  func findOrInsert(
    _ document: EncodedDocument, matching condition: FilterCondition, in collection: String
  ) async throws -> [UInt8]

  /// Changes all documents that the condition means.
  func update(
    _ condition: FilterCondition, _ changes: [FieldChange], in collection: String
  ) async throws -> UpdateOutcome

  /// Changes the first document that the query means, in one atomic step, and gives it as it is now.
  func updateFirst(_ query: Query, _ changes: [FieldChange]) async throws -> [UInt8]?

  /// Deletes the documents that the condition means and says how many there were.
  func delete(_ condition: FilterCondition, in collection: String) async throws -> Int

  /// The documents of a collection and their bytes.
  func size(of collection: String) async throws -> (count: Int, bytes: Int)

  /// Asks the store for its version, which shows that it answers.
  func information() async throws -> WarehouseInformation
}
