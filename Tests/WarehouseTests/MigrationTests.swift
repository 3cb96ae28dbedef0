import Domain
import Foundation
import GRDB
import Storage
import TestSupport
import Testing
import Warehouse

/// Files of older and newer versions of the embedded warehouse.
@Suite struct MigrationTests {
  /// A copy of a file that an older version has written: two crawled notes, an imported article and two users.
  private func oldFile(_ folder: TemporaryFolder) throws -> String {
    let path = folder.path("twin.sqlite")
    let fixture = packageRoot.appending(path: "Tests/WarehouseTests/Fixtures/warehouse-1.sqlite")
    try FileManager.default.copyItem(at: fixture, to: URL(fileURLWithPath: path))
    return path
  }

  @Test func `a file of the first version is brought up to date with all that is in it`() async throws {
    let folder = try TemporaryFolder()
    let path = try oldFile(folder)
    for _ in 0..<2 {
      let warehouse = try await Warehouse.open("sqlite:\(path)")
      #expect(try await warehouse.users().map(\.fullName) == ["Bea Baker", "Ada Example"])
      #expect(try await warehouse.collection(.articles).count() == 3)
      let ovens = try #require(try await warehouse.document(link: "file:///home/ada/notes/one.md"))
      #expect(ovens.publishedAt == Date(timeIntervalSince1970: 1_709_281_800))
      #expect(ovens.tags == ["bread", "heat"])
      #expect(ovens.title == "Ovens remember")
      #expect(ovens.crawl?.fetchedAt == Date(timeIntervalSince1970: 1_795_272_459.192))
      let rye = try #require(try await warehouse.document(link: "file:///home/ada/notes/two.md"))
      #expect(rye.text.contains("\"Quotes\", tabs\tand ümlauts"))
      let salt = try #require(try await warehouse.document(link: "https://medium.example/salt"))
      #expect(salt.id.uuidString == "a964f3ac-0c64-4a4f-a8a4-2c0b35ca4f21" && salt.crawl == nil)
      // What is saved again is equal to what was stored, and filters see dates.
      #expect(try await warehouse.save([ovens, rye, salt]) == [.unchanged, .unchanged, .unchanged])
      #expect(try await warehouse.collection(.articles).all(.publishedAt > Date(timeIntervalSince1970: 0)) == [ovens])
      #expect(try await warehouse.links(fromSource: "/home/ada/notes", author: ovens.authorID).count == 2)
    }
  }

  @Test func `a migration that is killed leaves the old file`() async throws {
    let folder = try TemporaryFolder()
    let path = try oldFile(folder)
    // What a document that is no JSON object would do to the migration, too: all of it is undone.
    let queue = try DatabaseQueue(path: path)
    try await queue.write { database in
      try database.execute(sql: "INSERT INTO articles VALUES ('ffffffff-0000-4000-8000-000000000000', '[1]')")
    }
    try queue.close()
    await #expect(throws: StorageError.self) { try await Warehouse.open("sqlite:\(path)") }
    let again = try DatabaseQueue(path: path)
    let (documents, migrations) = try await again.read { database in
      (
        try String.fetchAll(database, sql: "SELECT document FROM articles"),
        try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations")
      )
    }
    #expect(documents.count == 4 && !documents.contains { $0.contains("$date") })
    #expect(migrations == ["warehouse-1"])
  }

  @Test func `a file of a newer version is refused and left alone`() async throws {
    let folder = try TemporaryFolder()
    let path = try oldFile(folder)
    let queue = try DatabaseQueue(path: path)
    try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('warehouse-99')") }
    try queue.close()
    let error = await #expect(throws: StorageError.self) { try await Warehouse.open("sqlite:\(path)") }
    #expect(error?.description.contains("newer version of twin (warehouse-99)") == true)
    let again = try DatabaseQueue(path: path)
    let indexes = try await again.read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema WHERE type = 'index'")
    }
    #expect(indexes.contains("users_name"))
  }
}
