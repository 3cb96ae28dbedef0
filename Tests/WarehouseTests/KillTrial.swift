import Foundation
import Storage
import TestSupport
import Testing
import Warehouse

import WarehouseEntries

/// A store that writers are killed on, one after the other, and what is known of it.
///
/// Each writer goes on where the last one ended, one batch before that, so that it also meets what is there.
struct KillTrial {
  /// When a writer is killed.
  enum Moment: String, Codable, CaseIterable {
    case opening, firstBatch, laterBatch
  }

  /// What was seen, of all kills together.
  struct Findings: Codable {
    var kills: [String: Int] = [:]
    /// Kills after which the store had documents that were never confirmed, because the writer was killed in between.
    var killsBetweenStoringAndConfirming = 0
    var confirmed = 0
    var checkedDocuments = 0
    var lost = 0
    var twice = 0
    var torn = 0
  }

  static let batch = 20
  private static let modes: [WritingMode] = [.insert, .save, .upsert]

  let test: TestWarehouse
  let store: TestStore
  private(set) var findings = Findings()

  private var generator: SeededGenerator
  private var writers = 0
  /// The writer of each document that was confirmed; the number of the document is the index.
  private var owners: [Int] = []

  init(_ store: TestStore, seed: UInt64) async throws {
    self.store = store
    test = try await store.make()
    generator = SeededGenerator(seed: seed)
  }

  /// Starts a writer, kills it, and checks the store.
  mutating func kill(at moment: Moment) async throws {
    let first = start()
    let mode = Self.modes[writers % Self.modes.count]
    let writer = try WriterProcess(test.url, arguments(first: first, mode: mode))
    var lines = writer.lines.makeAsyncIterator()
    var acknowledgements: [Acknowledgement] = []
    switch moment {
    case .opening:
      try await wait(upTo: 120_000)
    case .firstBatch:
      _ = await lines.next()
      try await wait(upTo: 20_000)
    case .laterBatch:
      var left = Int.random(in: 1...6, using: &generator) + 1
      while left > 0, let line = await lines.next() {
        if line != "open" { acknowledgements.append(try acknowledgement(line)) }
        left -= 1
      }
      try await wait(upTo: 20_000)
    }
    writer.kill()
    // What it had confirmed before it died counts, whether or not anybody has read it.
    while let line = await lines.next() {
      if line != "open" { acknowledgements.append(try acknowledgement(line)) }
    }
    let (status, error) = try await writer.ended()
    #expect(status == -SIGKILL, "\(error)")
    findings.kills[moment.rawValue, default: 0] += 1
    note(acknowledgements)
    try await check()
  }

  /// Lets a last writer end by itself, and checks that all is there then.
  mutating func finish() async throws {
    let count = owners.count - start() + 3 * Self.batch
    let writer = try WriterProcess(test.url, arguments(first: start(), mode: .save) + ["--count", "\(count)"])
    var acknowledgements: [Acknowledgement] = []
    for await line in writer.lines where line != "open" { acknowledgements.append(try acknowledgement(line)) }
    let (status, error) = try await writer.ended()
    #expect(status == 0, "\(error)")
    #expect(acknowledgements.flatMap(\.stored).count == count)
    note(acknowledgements)
    try await check()
  }

  private func start() -> Int { max(0, owners.count - Self.batch) }

  private func arguments(first: Int, mode: WritingMode) -> [String] {
    ["--first", "\(first)", "--writer", "\(writers)", "--batch", "\(Self.batch)", "--mode", mode.rawValue]
  }

  private mutating func wait(upTo microseconds: Int) async throws {
    try await Task.sleep(for: .microseconds(Int.random(in: 0..<microseconds, using: &generator)))
  }

  private func acknowledgement(_ line: String) throws -> Acknowledgement {
    try JSONDecoder().decode(Acknowledgement.self, from: Data(line.utf8))
  }

  private mutating func note(_ acknowledgements: [Acknowledgement]) {
    for acknowledgement in acknowledgements {
      for number in acknowledgement.numbers.sorted() {
        let isNew = number == owners.count
        // One that is refused is there already, by an earlier writer that was killed before it could say so.
        if isNew { owners.append(0) }
        if acknowledgement.stored.contains(number) { owners[number] = writers }
      }
      findings.confirmed += acknowledgement.numbers.count
    }
    writers += 1
  }

  /// Compares the store with what was confirmed.
  private mutating func check() async throws {
    if store == .sqlite {
      let path = String(test.url.dropFirst("sqlite:".count))
      try await EmbeddedDatabase(path: path, migrations: Warehouse.migrations).checkIntegrity()
    }
    var stored: [Int: Entry] = [:]
    var keys: Set<String> = []
    for try await batch in try await test.open().collection(Entry.self).find().batches {
      findings.torn += batch.unreadable.count
      for entry in batch.documents {
        findings.checkedDocuments += 1
        if stored.updateValue(entry, forKey: entry.number) != nil || !keys.insert(entry.key).inserted {
          findings.twice += 1
        }
        if !entry.isWhole(writers: 0...writers) { findings.torn += 1 }
      }
    }
    // A later writer may have replaced a document before it was killed, but none can be older than what was confirmed.
    findings.lost += owners.indices.count { (stored[$0]?.writer ?? -1) < owners[$0] }
    let unconfirmed = stored.keys.filter { $0 >= owners.count }
    #expect(
      unconfirmed.allSatisfy { $0 < owners.count + Self.batch }, "a batch was begun before the last one was confirmed")
    if store == .sqlite { #expect(unconfirmed.isEmpty || unconfirmed.count == Self.batch, "half a transaction") }
    if !unconfirmed.isEmpty { findings.killsBetweenStoringAndConfirming += 1 }
  }
}

extension KillTrial.Findings {
  /// Adds what another trial has found.
  mutating func add(_ other: Self) {
    kills.merge(other.kills, uniquingKeysWith: +)
    killsBetweenStoringAndConfirming += other.killsBetweenStoringAndConfirming
    confirmed += other.confirmed
    checkedDocuments += other.checkedDocuments
    lost += other.lost
    twice += other.twice
    torn += other.torn
  }
}
