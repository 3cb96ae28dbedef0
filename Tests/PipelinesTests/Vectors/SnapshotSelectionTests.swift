import Domain
import Foundation
import Pipelines
import Testing

/// Which snapshots belong together.
@Suite struct SnapshotSelectionTests {
  /// One as `twin vectors snapshot list --json` tells it.
  private func snapshot(
    _ category: DataCategory, _ kind: CollectionKind, second: Int, name: String? = nil
  ) throws -> CollectionSnapshot {
    let collection = "\(kind.rawValue)_\(category.rawValue)"
    let json = """
      {"category": "\(category.rawValue)", "kind": "\(kind.rawValue)", "collection": "\(collection)",
       "name": "\(name ?? "\(collection)-\(second)")", "size": 1, "created_at": "2026-01-02T03:04:0\(second)"}
      """
    return try JSONDecoder().decode(CollectionSnapshot.self, from: Data(json.utf8))
  }

  @Test func `the newest set has documents that are not newer than their chunks`() throws {
    // The third was broken off after the documents of posts.
    let all = try [
      snapshot(.posts, .cleaned, second: 5), snapshot(.articles, .embedded, second: 4),
      snapshot(.posts, .embedded, second: 4), snapshot(.articles, .cleaned, second: 3),
      snapshot(.posts, .cleaned, second: 3), snapshot(.posts, .embedded, second: 2),
      snapshot(.posts, .cleaned, second: 1), snapshot(.articles, .cleaned, second: 1),
    ]
    for order in [all, all.reversed()] {
      let newest = try order.newestSet()
      #expect(
        try Set(newest) == [
          snapshot(.articles, .cleaned, second: 3), snapshot(.articles, .embedded, second: 4),
          snapshot(.posts, .cleaned, second: 3), snapshot(.posts, .embedded, second: 4),
        ])
    }
  }

  @Test func `a kind of writing without documents or chunks is not restored by halves`() throws {
    let whole = try [snapshot(.posts, .cleaned, second: 1), snapshot(.posts, .embedded, second: 2)]
    #expect(throws: SnapshotError.incomplete(category: .articles)) {
      try (whole + [snapshot(.articles, .cleaned, second: 1)]).newestSet()
    }
    #expect(throws: SnapshotError.incomplete(category: .articles)) {
      try (whole + [snapshot(.articles, .cleaned, second: 2), snapshot(.articles, .embedded, second: 1)]).newestSet()
    }
    #expect(throws: SnapshotError.none) { try [CollectionSnapshot]().newestSet() }
  }

  @Test func `names are looked up, and the nearest is proposed`() throws {
    let all = try [
      snapshot(.posts, .cleaned, second: 1, name: "alpha-1"), snapshot(.posts, .cleaned, second: 2, name: "b"),
    ]
    #expect(try all.named(["b", "alpha-1"]).map(\.name) == ["b", "alpha-1"])
    #expect(throws: SnapshotError.unknownName(name: "alpha-2", nearest: "alpha-1")) { try all.named(["alpha-2"]) }
  }

  @Test func `what is kept are the newest of each collection`() throws {
    let all = try [1, 3, 2].flatMap { second in
      try [snapshot(.posts, .cleaned, second: second), snapshot(.posts, .embedded, second: second)]
    }
    #expect(Set(all.allButNewest(1).map(\.createdAt)) == ["2026-01-02T03:04:01", "2026-01-02T03:04:02"])
    #expect(all.allButNewest(1).count == 4)
    #expect(all.allButNewest(0).count == 6)
    #expect(all.allButNewest(9).isEmpty)
  }
}
