import Domain
import Foundation
import Testing
import Warehouse

import WarehouseEntries

/// Eight processes that write the same documents to one store at once, each in an order of its own.
@Suite("Concurrent writers", .dropsDatabases, .serialized) struct ConcurrentWriterTests {
  private static let writers = 8
  private static let count = 200

  @Test(arguments: TestStore.available)
  func `of many who insert a document, one does`(store: TestStore) async throws {
    let test = try await store.make()
    let said = try await write(to: test, ["--mode", "insert"])
    #expect(said.flatMap(\.inserted).sorted() == Array(0..<Self.count))
    #expect(said.allSatisfy { $0.numbers.sorted() == Array(0..<Self.count) })
    let stored = try await entries(of: test)
    // Each is of the one writer who was told so.
    for (writer, acknowledgement) in said.enumerated() {
      #expect(stored.filter { $0.writer == writer }.map(\.number).sorted() == acknowledgement.inserted.sorted())
    }
  }

  @Test(arguments: TestStore.available, [WritingMode.save, .upsert])
  func `of many who store a document, one inserts it and the others replace it`(
    store: TestStore, mode: WritingMode
  ) async throws {
    let test = try await store.make()
    let said = try await write(to: test, ["--mode", mode.rawValue])
    #expect(said.flatMap(\.inserted).sorted() == Array(0..<Self.count))
    #expect(said.flatMap(\.updated).count == (Self.writers - 1) * Self.count)
    #expect(said.allSatisfy { $0.unchanged.isEmpty && $0.refused.isEmpty })
    _ = try await entries(of: test)
  }

  @Test(arguments: TestStore.available)
  func `of many who save the same, one writes`(store: TestStore) async throws {
    let test = try await store.make()
    let said = try await write(to: test, ["--mode", "save"], asOne: true)
    #expect(said.flatMap(\.inserted).sorted() == Array(0..<Self.count))
    #expect(said.flatMap(\.unchanged).count == (Self.writers - 1) * Self.count)
    #expect(said.allSatisfy { $0.updated.isEmpty && $0.refused.isEmpty })
    _ = try await entries(of: test)
  }

  /// Here none waits for the others, so that they also make the store at once.
  @Test(arguments: TestStore.available)
  func `many who open a new store and ask for users get the same ones`(store: TestStore) async throws {
    let test = try await store.make()
    let writers = try (0..<Self.writers).map { _ in
      try WriterProcess(test.url, ["--mode", "user", "--count", "10"])
    }
    var answers: [[String]] = []
    for writer in writers {
      answers.append(await writer.lines.reduce(into: []) { $0.append($1) })
      let (status, error) = try await writer.ended()
      #expect(status == 0, "\(error)")
    }
    let users = (0..<10).map { User(fullName: "Ada Example \($0)") }
    #expect(answers == Array(repeating: ["open"] + users.map(\.id.uuidString), count: Self.writers))
    #expect(try await Set(test.open().users()) == Set(users))
    #expect(try await test.open().users().count == users.count)
  }

  /// Lets all writers begin when the last one has opened the store.
  ///
  /// - Parameter asOne: whether all have the same number, and so store the same.
  /// - Returns: what each was told.
  private func write(
    to test: TestWarehouse, _ arguments: [String], asOne: Bool = false
  ) async throws -> [Acknowledgement] {
    let writers = try (0..<Self.writers).map { number in
      // Of one number, they take the same way; the seed of the order is another one's for each.
      let own = asOne ? [] : ["--writer", "\(number)", "--shuffled"]
      return try WriterProcess(test.url, arguments + own + ["--count", "\(Self.count)", "--waits"])
    }
    var lines = writers.map { $0.lines.makeAsyncIterator() }
    for index in lines.indices where await lines[index].next() != "open" {
      let (status, error) = try await writers[index].ended()
      try #require(Bool(false), "writer \(index) could not open the store, and ended with \(status): \(error)")
    }
    for writer in writers { try writer.begin() }
    var said: [Acknowledgement] = []
    for index in lines.indices {
      var sum = Acknowledgement()
      while let line = await lines[index].next() {
        let one = try JSONDecoder().decode(Acknowledgement.self, from: Data(line.utf8))
        sum.inserted += one.inserted
        sum.updated += one.updated
        sum.unchanged += one.unchanged
        sum.refused += one.refused
      }
      let (status, error) = try await writers[index].ended()
      #expect(status == 0, "\(error)")
      said.append(sum)
    }
    return said
  }

  /// What is stored, after checking that each document is there once and whole.
  private func entries(of test: TestWarehouse) async throws -> [Entry] {
    let entries = try await test.open().collection(Entry.self).all(sortedBy: .ascending(.number))
    #expect(entries.map(\.number) == Array(0..<Self.count))
    #expect(Set(entries.map(\.key)).count == Self.count)
    #expect(entries.allSatisfy { $0.isWhole(writers: 0...Self.writers) })
    return entries
  }
}
