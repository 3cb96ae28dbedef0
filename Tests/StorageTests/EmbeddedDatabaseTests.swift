import Foundation
import GRDB
import Storage
import TestSupport
import Testing

@Suite("The embedded database") struct EmbeddedDatabaseTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("deep/er/twin.sqlite")
  }

  private static let notes = Migration("notes-1") { database in
    try database.execute(sql: "CREATE TABLE notes (text TEXT NOT NULL)")
  }

  private func open(_ migrations: [Migration] = [Self.notes]) throws -> EmbeddedDatabase {
    try EmbeddedDatabase(path: path, migrations: migrations)
  }

  /// Opens it on a thread that may wait.
  private func openElsewhere(_ migrations: [Migration]) async throws -> EmbeddedDatabase {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try open(migrations) }) }
    }
  }

  private func notes(_ database: EmbeddedDatabase) async throws -> [String] {
    try await database.read { try String.fetchAll($0, sql: "SELECT text FROM notes ORDER BY text") }
  }

  @Test func `what was written is there after opening again, and migrations run once`() async throws {
    try await open().write { try $0.execute(sql: "INSERT INTO notes VALUES ('a')") }
    let more = Migration("more-1") { try $0.execute(sql: "CREATE TABLE more (x)") }
    let again = try open([Self.notes, more])
    #expect(try await notes(again) == ["a"])
    #expect(try await again.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM more") } == 0)
    try await again.checkIntegrity()
  }

  @Test func `stores that know nothing of each other share a file`() async throws {
    let notes = try open()
    let vectors = try open([Migration("vectors-1") { try $0.execute(sql: "CREATE TABLE vectors (x)") }])
    try await vectors.write { try $0.execute(sql: "INSERT INTO vectors VALUES (1)") }
    try await notes.write { try $0.execute(sql: "INSERT INTO notes VALUES ('a')") }
    #expect(try await notes.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM vectors") } == 1)
  }

  @Test func `a store does not open what a newer version of it has changed`() async throws {
    _ = try open([Self.notes, Migration("notes-2") { try $0.execute(sql: "CREATE TABLE more (x)") }])
    let error = #expect(throws: StorageError.self) { try open() }
    #expect(error?.description.contains("notes-2") == true)
    // To another store that is nothing.
    _ = try open([Migration("vectors-1") { try $0.execute(sql: "CREATE TABLE vectors (x)") }])
  }

  @Test func `a file that another process is just making is waited for`() async throws {
    try folder.write("", to: "deep/er/twin.sqlite")
    // As between the first lock and the last of one that makes it a file in WAL mode.
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: path, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    async let opened = openElsewhere([Self.notes])
    try await Task.sleep(for: .milliseconds(200))
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await notes(opened) == [])
  }

  @Test func `many that open a new file at once all succeed`() async throws {
    // A migration that takes its time, so that all others look for what is missing while the first is at it.
    let slow = Migration("notes-1") { database in
      try database.execute(sql: "CREATE TABLE notes (text TEXT NOT NULL)")
      Thread.sleep(forTimeInterval: 0.2)
    }
    let databases = try await withThrowingTaskGroup(of: EmbeddedDatabase.self) { group in
      for _ in 0..<8 {
        group.addTask { try await openElsewhere([slow]) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for (index, database) in databases.enumerated() {
      try await database.write { try $0.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [String(index)]) }
    }
    #expect(try await notes(databases[0]).count == 8)
  }

  @Test func `a transaction that fails stores nothing and says why`() async throws {
    let database = try open()
    let error = await #expect(throws: StorageError.self) {
      try await database.write { database in
        try database.execute(sql: "INSERT INTO notes VALUES ('a')")
        try database.execute(sql: "INSERT INTO notes VALUES (NULL)")
      }
    }
    #expect(try await notes(database).isEmpty)
    #expect(error?.description.contains("NOT NULL constraint failed: notes.text") == true)
    #expect(error?.description.contains(path) == true)
  }

  @Test func `a file that the system refuses is not taken for a damaged one`() async throws {
    try folder.write("", to: "file")
    try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: true)
    for (path, reason) in [
      ("file/twin.sqlite", "its folder cannot be made: file exists"), ("folder", "unable to open database file"),
    ] {
      let error = #expect(throws: StorageError.self) {
        try EmbeddedDatabase(path: folder.path(path), migrations: [Self.notes])
      }
      #expect(error?.description.contains(": \(reason). Check the owner") == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("move") == false)
    }
    let database = try open()
    let error = await #expect(throws: StorageError.self) {
      try await database.write { database in
        try database.execute(sql: "PRAGMA query_only = ON; INSERT INTO notes VALUES ('a')")
      }
    }
    #expect(error?.description.contains("readonly database. Check the owner") == true, "\(error?.description ?? "")")
  }

  @Test func `an error of the caller's own passes through and undoes the transaction`() async throws {
    struct Own: Error {}
    let database = try open()
    await #expect(throws: Own.self) {
      try await database.write { database in
        try database.execute(sql: "INSERT INTO notes VALUES ('a')")
        throw Own()
      }
    }
    #expect(try await notes(database).isEmpty)
  }

  @Test func `a full disk is an error, and what was stored before stays`() async throws {
    let database = try open()
    try await database.write { try $0.execute(sql: "INSERT INTO notes VALUES ('before')") }
    // SQLite's own limit stands for the disk's: it gives the same SQLITE_FULL.
    let error = await #expect(throws: StorageError.self) {
      try await database.write { database in
        try database.execute(sql: "PRAGMA max_page_count = 16")
        try database.execute(
          sql: "INSERT INTO notes VALUES (?)", arguments: [String(repeating: "x", count: 1 << 20)])
      }
    }
    #expect(error?.description.contains("database or disk is full") == true)
    #expect(error?.description.contains("free space") == true)
    #expect(try await notes(database) == ["before"])
  }

  @Test func `a file that is no database is left alone and named`() throws {
    let text = String(repeating: "This is a letter, not a database. ", count: 100)
    let letter = try folder.write(text, to: "letter.txt")
    let error = #expect(throws: StorageError.self) { try EmbeddedDatabase(path: letter, migrations: [Self.notes]) }
    #expect(error?.description.contains("letter.txt: file is not a database") == true)
    #expect(try String(contentsOfFile: letter, encoding: .utf8) == text)
  }

  @Test func `a path that cannot be a file is an error that names it`() throws {
    try folder.write("", to: "file")
    let paths = [folder.url.path, folder.path("file/twin.sqlite"), "/proc/twin/twin.sqlite"]
    for path in paths {
      let error = #expect(throws: StorageError.self) { try EmbeddedDatabase(path: path, migrations: []) }
      #expect(error?.description.contains(path) == true)
    }
  }

  @Test func `damage in the file is found`() async throws {
    let file = folder.path("damaged.sqlite")
    // A connection of the old kind: everything is in the file itself when it closes.
    let queue = try DatabaseQueue(path: file)
    try await queue.write { database in
      try database.execute(sql: "CREATE TABLE notes (text TEXT); CREATE INDEX notes_text ON notes (text)")
      for number in 0..<2000 {
        try database.execute(sql: "INSERT INTO notes VALUES (?)", arguments: ["note \(number)"])
      }
    }
    try queue.close()
    try await EmbeddedDatabase(path: file, migrations: []).checkIntegrity()

    let handle = try FileHandle(forUpdating: URL(filePath: file))
    try handle.seek(toOffset: 4096 * 5 + 100)
    try handle.write(contentsOf: Data(repeating: 0xAB, count: 3000))
    try handle.close()
    let damaged = try EmbeddedDatabase(path: file, migrations: [])
    let error = await #expect(throws: StorageError.self) { try await damaged.checkIntegrity() }
    #expect(error?.description.contains("damaged.sqlite") == true)
  }
}
