import BSON
import Domain

/// The copy of one collection.
struct CollectionCopy {
  /// How many documents are stored together.
  private static let batchSize = 500

  let name: String
  let source: any WarehouseDriver
  let target: any WarehouseDriver
  let progress: (@Sendable (TransferProgress) -> Void)?

  func run() async throws -> CopiedCollection {
    var copied = CopiedCollection(name: name)
    let total = try await source.count(.all([]), in: name)
    let failed = try await store(total: total, &copied)
    copied.verification = try await verified(leavingOut: failed, total: total)
    return copied
  }

  /// - Returns: the identifiers of the documents that could not be read or stored.
  private func store(total: Int, _ copied: inout CopiedCollection) async throws -> Set<String> {
    var failed: Set<String> = []
    let cursor = source.cursor(Query(collection: name, batchSize: Self.batchSize))
    defer { cursor.close() }
    while let batch = try await cursor.next() {
      var requests: [SaveRequest] = []
      for document in batch.unreadable {
        copied.fail(document.storedID, document.reason)
        failed.insert(document.storedID)
      }
      batch.forEach { bytes in
        do {
          let document = try EncodedDocument(stored: Array(bytes), in: name)
          requests.append(SaveRequest(replacing: document, in: name))
        } catch {
          let id = (try? textIdentifier(of: bytes)) ?? "of an unknown identifier"
          copied.fail(id, readableReason(of: error))
          failed.insert(id)
        }
      }
      let outcomes = try await target.save(requests, uniqueField: uniqueField(ofRaw: name), in: name)
      for (outcome, request) in zip(outcomes, requests) {
        switch outcome {
        case .inserted: copied.inserted += 1
        case .updated: copied.updated += 1
        case .unchanged: copied.unchanged += 1
        case .failed(let error):
          copied.fail(request.document.id, error.description)
          failed.insert(request.document.id)
        }
      }
      tell(.copying, copied.count, of: total)
    }
    return failed
  }

  /// Walks through both collections side by side, in the order of the identifiers.
  func verified(leavingOut failed: Set<String>, total: Int) async throws -> CopyVerification {
    var verification = CopyVerification()
    var (ours, theirs) = (ContentHasher(), ContentHasher())
    var left = DocumentReader(source.cursor(Query(collection: name, batchSize: Self.batchSize)))
    var right = DocumentReader(target.cursor(Query(collection: name, batchSize: Self.batchSize)))
    defer {
      left.close()
      right.close()
    }
    var (mine, yours) = (try await left.next(), try await right.next())
    while let document = mine {
      if failed.contains(document.id) {
        verification.leftOut += 1
        mine = try await left.next()
        continue
      }
      while let other = yours, other.id.utf8.lexicographicallyPrecedes(document.id.utf8) {
        verification.others += 1
        yours = try await right.next()
      }
      verification.sourceCount += 1
      ours.update(document.bytes)
      if let other = yours, other.id == document.id {
        verification.targetCount += 1
        theirs.update(other.bytes)
        if other.bytes != document.bytes || document.bytes.isEmpty { verification.noteDifference(document.id) }
        yours = try await right.next()
      } else {
        verification.noteDifference(document.id)
      }
      if verification.sourceCount % Self.batchSize == 0 { tell(.verifying, verification.sourceCount, of: total) }
      mine = try await left.next()
    }
    while yours != nil {
      verification.others += 1
      yours = try await right.next()
    }
    (verification.sourceHash, verification.targetHash) = (ours.hash.hexadecimal, theirs.hash.hexadecimal)
    return verification
  }

  private func tell(_ activity: TransferProgress.Activity, _ completed: Int, of total: Int) {
    progress?(
      TransferProgress(activity: activity, collection: name, completed: completed, total: max(total, completed)))
  }
}
