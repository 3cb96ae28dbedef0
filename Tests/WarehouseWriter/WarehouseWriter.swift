import ArgumentParser
import Domain
import Foundation
import TestSupport
import Warehouse
import WarehouseEntries

/// Writes to a warehouse until it is done, or until a test kills it or takes its disk away.
///
/// It prints `open` when the warehouse is open, and then a line for each batch, after the warehouse has confirmed the
/// batch and before it begins the next one. An error goes to standard error, and ends it with 1.
@main struct WarehouseWriter: AsyncParsableCommand {
  @Argument(help: "The warehouse.") var url: String
  @Option(help: "What is done to each document.") var mode = WritingMode.insert
  @Option(help: "What the documents are made from.") var seed = 0
  @Option(help: "The number of this writer.") var writer = 0
  @Option(help: "The number of the first document.") var first = 0
  @Option(help: "How many documents.") var count = Int.max / 2
  @Option(help: "How many documents are written together.") var batch = 20
  @Flag(help: "Write the documents in an order of this writer's own.") var shuffled = false
  @Flag(help: "Wait, when the warehouse is open, for a line on standard input.") var waits = false
  @Option(help: "The largest size of a file in bytes.") var fileLimit: Int?

  func run() async throws {
    if let fileLimit { limitFiles(toBytes: fileLimit) }
    do {
      let warehouse = try await Warehouse.open(url)
      announce("open")
      if waits { _ = readLine() }
      if mode == .user { try await makeUsers(warehouse) } else { try await write(to: warehouse) }
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      throw ExitCode(1)
    }
  }

  private func write(to warehouse: Warehouse) async throws {
    let entries = warehouse.collection(Entry.self)
    let numbers = shuffled ? shuffledNumbers() : nil
    for start in stride(from: 0, to: count, by: batch) {
      let range = start..<min(start + batch, count)
      let documents = range.map { Entry(numbers?[$0] ?? first + $0, writer: writer, seed: seed) }
      var acknowledgement = Acknowledgement()
      switch mode {
      case .insert:
        for (outcome, document) in zip(try await entries.insert(documents), documents) {
          try acknowledgement.add(outcome, of: document.number)
        }
      case .save, .upsert, .user:
        let outcomes = mode == .save ? try await entries.save(documents) : try await entries.upsert(documents)
        for (outcome, document) in zip(outcomes, documents) { try acknowledgement.add(outcome, of: document.number) }
      }
      announce(String(decoding: try JSONEncoder().encode(acknowledgement), as: UTF8.self))
    }
  }

  private func makeUsers(_ warehouse: Warehouse) async throws {
    for number in first..<first + count {
      announce(try await warehouse.getOrCreate(User(fullName: "Ada Example \(number)")).id.uuidString)
    }
  }

  private func shuffledNumbers() -> [Int] {
    var generator = SeededGenerator(seed: UInt64(truncatingIfNeeded: seed &* 31 &+ writer))
    return (first..<first + count).shuffled(using: &generator)
  }

  /// Prints a line at once: what this process has written when it is killed is what its parent reads.
  private func announce(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
  }
}

extension WritingMode: ExpressibleByArgument {}
