import BSON
import Domain

/// Stores rows as documents of a type: checked, and matched with stored ones as ``DocumentCollection/save(_:)-([D])``
/// does.
struct TypedRows<D: Document>: RowStoring {
  let collection: DocumentCollection<D>
  /// Says what is wrong with a document; nil if nothing is.
  var problem: @Sendable (D) -> String? = { _ in nil }
  /// Is given those documents of each batch that are in the store, and says what people should know.
  var afterwards: @Sendable ([D]) async throws -> [String] = { _ in [] }

  func store(_ rows: [[UInt8]]) async throws -> StoredRows {
    var documents: [D] = []
    let outcomes = rows.map { row -> RowOutcome? in
      do {
        documents.append(try document(of: row))
        return nil
      } catch {
        return .bad(readableReason(of: error))
      }
    }
    let saved = try await collection.save(documents)
    let notes = try await afterwards(zip(documents, saved).filter { $1.isStored }.map(\.0))
    return StoredRows(outcomes: outcomes.filled(with: saved.map(RowOutcome.stored)), notes: notes)
  }

  func has(_ row: [UInt8]) async throws -> Bool {
    guard let document = try? document(of: row), let encoded = try? collection.encoded(document) else { return false }
    let found = try await collection.driver(for: .reading).match(
      of: encoded, uniqueField: D.uniqueField, in: collection.name)
    guard let found, let stored = try? collection.decoded(found) else { return false }
    return switch try document.reconciled(with: stored) {
    case .keep, .refresh: true
    case .replace: false
    }
  }

  private func document(of row: [UInt8]) throws -> D {
    let decoder = documentDecoder(D.decodingContext(collection: collection.name))
    let document = try decoder.decode(D.self, from: bson(ofExtendedJSON: row))
    if let problem = problem(document) { throw TransferProblem(problem) }
    return document
  }
}

extension SaveOutcome {
  /// Whether the document is in the store.
  var isStored: Bool {
    if case .failed = self { false } else { true }
  }
}
