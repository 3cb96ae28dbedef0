package import Warehouse

/// What the store has confirmed of one batch, as a line of JSON: the numbers of the documents by what became of them.
package struct Acknowledgement: Codable {
  package var inserted: [Int] = []
  package var updated: [Int] = []
  package var unchanged: [Int] = []
  /// Those that another document with the same identifier or key keeps from being stored.
  package var refused: [Int] = []

  package init() {}

  /// All but those that were refused: the store has this writer's documents.
  package var stored: [Int] { inserted + updated + unchanged }
  package var numbers: [Int] { stored + refused }

  package mutating func add(_ outcome: InsertOutcome, of number: Int) throws {
    switch outcome {
    case .inserted: inserted.append(number)
    case .failed(.conflict): refused.append(number)
    case .failed(let error): throw error
    case .skipped: throw Unfinished(number: number)
    }
  }

  package mutating func add(_ outcome: SaveOutcome, of number: Int) throws {
    switch outcome {
    case .inserted: inserted.append(number)
    case .updated: updated.append(number)
    case .unchanged: unchanged.append(number)
    case .failed(.conflict): refused.append(number)
    case .failed(let error): throw error
    }
  }
}

/// A document was passed over that should not have been.
struct Unfinished: Error, CustomStringConvertible {
  let number: Int

  var description: String { "the document \(number) was neither stored nor refused" }
}
