package import Domain
package import Foundation
import TestSupport
package import Warehouse

/// What the writers store. All of a document follows from three numbers that it has itself, so that whoever reads it
/// can tell whether it is whole.
package struct Entry: Document, Hashable {
  package static let collection = "entries"
  package static let indexes: [Index<Entry>] = [.unique(.key), .on(.writer)]

  package var id: Identifier
  /// Unique. Writers that store the same number have the same key, whatever their identifiers are.
  package var key: String
  package var number: Int
  package var writer: Int
  package var seed: Int
  package var text: String
  package var values: [Int]
  package var writtenAt: Date
}

extension Entry {
  /// The document of a number by a writer.
  ///
  /// Of even numbers all writers have the same identifier; of odd ones each has its own, so that only the key is what
  /// they collide on.
  package init(_ number: Int, writer: Int, seed: Int) {
    var generator = SeededGenerator(seed: UInt64(truncatingIfNeeded: seed &* 1_000_003 &+ number &* 997 &+ writer))
    // One in sixteen is larger than a page of SQLite's.
    let length = Int.random(in: 0..<16, using: &generator) == 0 ? 3000 : Int.random(in: 0..<60, using: &generator)
    let words = (0..<length).map { _ in Self.words[Int.random(in: 0..<Self.words.count, using: &generator)] }
    self.init(
      id: Self.id(of: number, writer: writer), key: "entry \(number)", number: number, writer: writer, seed: seed,
      text: words.joined(separator: " "),
      values: (0..<4).map { _ in Int.random(in: Int.min...Int.max, using: &generator) },
      writtenAt: Date(timeIntervalSince1970: Double(1_700_000_000 + number)))
  }

  private static let words = ["ship", "naïve", "\"quoted\"", "🚂", "line\n", "a"]

  private static func id(of number: Int, writer: Int) -> Identifier {
    Identifier("entry", number.isMultiple(of: 2) ? ["\(number)"] : ["\(number)", "\(writer)"])
  }

  /// Whether every field is what its writer made it. The identifier may be that of another writer, who stored the
  /// number first.
  package func isWhole(writers: ClosedRange<Int>) -> Bool {
    var made = Entry(number, writer: writer, seed: seed)
    made.id = id
    return self == made && writers.contains { Self.id(of: number, writer: $0) == id }
  }
}

extension Field where D == Entry, Value == String {
  package static var key: Self { Field("key") }
}

extension Field where D == Entry, Value == Int {
  package static var number: Self { Field("number") }
  package static var writer: Self { Field("writer") }
}
