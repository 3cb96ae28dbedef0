import Domain
import HTTP
import Storage

/// The vector store in a Qdrant server, over REST.
///
/// Points of `embedded_…` have the dense vector `dense` (cosine) and the sparse vector `bm25` (``KeywordVector``), and the
/// chunk's fields as payload; points of `cleaned_…` have no vector. These names are aliases (``QdrantCatalog``). Which
/// collections twin made, and for which model, is told by the points of one more collection (``QdrantRecord``): that
/// works with every version, and nothing but documents and chunks is found in theirs.
struct QdrantDriver: VectorStoreDriver {
  static let schemes = ["http", "https"]
  /// How many batches are under way at once.
  static let batchesInFlight = 4

  let connection: QdrantConnection
  let prefix: String
  let version: QdrantVersion

  var engine: String { "Qdrant \(version.text)" }
  var location: String { connection.display }

  static func open(_ address: StoreAddress) async throws -> any VectorStoreDriver {
    let connection = QdrantConnection(address)
    let version = try await connection.checkedVersion()
    let driver = QdrantDriver(connection: connection, prefix: address.prefix, version: version)
    // Qdrant tells its version without a key: ask for something that needs it.
    _ = try await driver.existingCollections()
    return driver
  }

  /// The name of a collection.
  func name(of collection: CollectionReference) -> String {
    QdrantCatalog.name(of: collection, prefix: prefix)
  }

  /// The names of a category's collections.
  func names(_ category: DataCategory, _ generation: Generation = .active) -> (cleaned: String, embedded: String) {
    (
      name(of: CollectionReference(kind: .cleaned, category: category, generation: generation)),
      name(of: CollectionReference(kind: .embedded, category: category, generation: generation))
    )
  }

  /// Counts the points that pass the filter; zero if there is no such collection.
  func count(in collection: String, _ filter: QdrantFilter? = nil) async throws -> Int {
    let count = try await connection.callIfPresent(
      "count the points of \(collection)", .post, "/collections/\(collection)/points/count",
      body: try QdrantRequest.body(QdrantRequest.Count(filter: filter)), as: QdrantReply.Count.self)
    return count?.count ?? 0
  }

  /// Stores points that are written as JSON.
  func upsert(_ points: [[UInt8]], into collection: String) async throws {
    for body in QdrantPoint.bodies(of: points) {
      try await connection.update(
        "store points in \(collection)", .put, "/collections/\(collection)/points?wait=true", body: body)
    }
  }

  /// Deletes the points that pass the filter, if there is such a collection.
  func delete(from collection: String, _ filter: QdrantFilter) async throws {
    try await connection.updateIfPresent(
      "delete points of \(collection)", .post, "/collections/\(collection)/points/delete?wait=true",
      body: try QdrantRequest.body(QdrantRequest.Delete(filter: filter)))
  }

  /// Deletes points, if there is such a collection.
  func delete(_ ids: some Collection<Identifier>, from collection: String) async throws {
    try await connection.updateIfPresent(
      "delete points of \(collection)", .post, "/collections/\(collection)/points/delete?wait=true",
      body: try QdrantRequest.body(QdrantRequest.DeletePoints(points: ids.map(QdrantPointID.init))))
  }
}
