import Domain
import Foundation
import HTTP

extension QdrantDriver {
  func makeSnapshots() async throws -> [CollectionSnapshot] {
    var made: [CollectionSnapshot] = []
    for (reference, collection) in try await activeCollections() {
      let snapshot = try await connection.call(
        "make a snapshot of \(collection)", .post, "/collections/\(collection)/snapshots?wait=true",
        timeout: QdrantConnection.collectionTimeout, as: QdrantReply.Snapshot.self)
      made.append(CollectionSnapshot(snapshot, of: reference, collection))
    }
    return made
  }

  func snapshots() async throws -> [CollectionSnapshot] {
    var snapshots: [CollectionSnapshot] = []
    for (reference, collection) in try await activeCollections() {
      let reply = try await connection.call(
        "list the snapshots of \(collection)", .get, "/collections/\(collection)/snapshots",
        as: [QdrantReply.Snapshot].self)
      snapshots += reply.map { CollectionSnapshot($0, of: reference, collection) }
    }
    return snapshots.sorted { ($0.createdAt ?? "", $0.name) > ($1.createdAt ?? "", $1.name) }
  }

  func restore(_ snapshot: CollectionSnapshot) async throws {
    guard try await activeCollections().contains(where: { $0.collection == snapshot.collection }) else {
      throw VectorStoreError.foreignCollection(
        store: location, name: snapshot.collection, reason: "searches do not find it")
    }
    // The server reads it from itself: where its files are is not known here.
    let request = QdrantRequest.Recovery(
      location: connection.ownAddress + path(of: snapshot), key: connection.apiKey)
    let _: Bool = try await connection.call(
      "restore \(snapshot.collection) from \(snapshot.name)", .put,
      "/collections/\(snapshot.collection)/snapshots/recover?wait=true", body: try QdrantRequest.body(request),
      timeout: QdrantConnection.collectionTimeout)
  }

  func remove(_ snapshot: CollectionSnapshot) async throws {
    let _: Bool? = try await connection.callIfPresent(
      "remove the snapshot \(snapshot.name)", .delete, path(of: snapshot) + "?wait=true")
  }

  private func path(of snapshot: CollectionSnapshot) -> String {
    let name = snapshot.name.addingPercentEncoding(withAllowedCharacters: .urlPathComponentAllowed) ?? ""
    return "/collections/\(snapshot.collection)/snapshots/\(name)"
  }

  /// The collections that searches find, documents before chunks.
  private func activeCollections() async throws -> [(reference: CollectionReference, collection: String)] {
    let catalog = try await catalog()
    return CollectionKind.allCases.flatMap { kind in
      catalog.whole(.active).keys.sorted().compactMap { category in
        let reference = CollectionReference(kind: kind, category: category)
        return catalog.collection(name(of: reference)).map { (reference, $0) }
      }
    }
  }
}

extension CollectionSnapshot {
  fileprivate init(_ snapshot: QdrantReply.Snapshot, of reference: CollectionReference, _ collection: String) {
    self.init(
      category: reference.category, kind: reference.kind, collection: collection, name: snapshot.name,
      size: snapshot.size, createdAt: snapshot.creationTime)
  }
}

extension CharacterSet {
  /// RFC 3986's unreserved characters, which stand for themselves in a segment of a path.
  fileprivate static let urlPathComponentAllowed = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
