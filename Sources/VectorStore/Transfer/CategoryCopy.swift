import Domain
import Foundation

/// The copy of one category's documents and chunks.
struct CategoryCopy {
  /// How far a component of a vector may be from its copy: a server that brings vectors to unit length again in 32 bits is
  /// off by a few units in the last place, of components below 1.
  private static let vectorTolerance: Float = 1e-6

  let source: CopySide
  let target: CopySide
  let progress: (@Sendable (TransferProgress) -> Void)?
  private var copied: CopiedCategory
  /// The documents that the target must have by now.
  private var stored: Set<Identifier> = []

  init(source: CopySide, target: CopySide, progress: (@Sendable (TransferProgress) -> Void)?) {
    self.source = source
    self.target = target
    self.progress = progress
    copied = CopiedCategory(source.category)
  }

  mutating func run() async throws -> CopiedCategory {
    copied.incomplete = try await source.driver.count(where: .isIncomplete, in: source.cleaned)
    try await store()
    try await compareDocuments()
    try await compareChunks()
    return copied
  }

  private mutating func store() async throws {
    let total = try await source.driver.count(where: !.isIncomplete, in: source.cleaned)
    var (completed, cursor): (Int, Identifier?) = (0, nil)
    repeat {
      let page = try await source.documents(where: .everything, from: cursor)
      for document in page.unreadable { copied.fail(document.id, document.reason) }
      for group in page.elements.groupedByLength() {
        try Task.checkCancellation()
        try await store(Array(group))
        completed += group.count
        tell(.copying, source.cleaned, completed, of: total)
      }
      cursor = page.next
    } while cursor != nil
  }

  private mutating func store(_ documents: [CleanedDocument]) async throws {
    let ids = documents.map(\.id)
    let chunks = try await source.chunks(of: ids)
    let there = try await target.documents(ids)
    let thereChunks = try await target.chunks(of: there.filter { documents.contains($0.value) }.keys.sorted())
    var replacements: [DocumentReplacement] = []
    for document in documents {
      let own = chunks[document.id] ?? []
      if let reason = reasonNotToCopy(document, own) {
        copied.fail(document.id, reason)
        continue
      }
      stored.insert(document.id)
      if there[document.id] == document, areSame(own, thereChunks[document.id] ?? []) {
        copied.unchanged += 1
        continue
      }
      if there[document.id] == nil { copied.inserted += 1 } else { copied.updated += 1 }
      replacements.append(DocumentReplacement(document: document, chunks: own.compactMap(\.chunk)))
    }
    // Past the checks of what comes from outside, which would bring the vectors to unit length once more.
    if !replacements.isEmpty { _ = try await target.driver.replace(replacements, in: target.generation) }
  }

  /// Why one of both stores, or what reads them, could not take the document or one of its chunks; nil if they can.
  private func reasonNotToCopy(_ document: CleanedDocument, _ chunks: [ReadChunk]) -> String? {
    if let reason = document.reasonNotToStore { return reason }
    for read in chunks {
      guard let chunk = read.chunk else {
        return "its chunk \(read.id) cannot be copied: \(read.problem ?? "it cannot be read")"
      }
      if let reason = chunk.chunk.reasonNotToStore { return reason }
      if let flaw = flaw(of: chunk.vector) { return "the vector of its chunk \(read.id) cannot be copied: \(flaw)" }
    }
    return nil
  }

  /// Whether both are the same chunks, in the order of their identifiers.
  private func areSame(_ ours: [ReadChunk], _ theirs: [ReadChunk]) -> Bool {
    ours.count == theirs.count && zip(ours, theirs).allSatisfy { isSame($0, $1) }
  }

  private func isSame(_ one: ReadChunk, _ other: ReadChunk) -> Bool {
    guard let one = one.chunk, let other = other.chunk, one.chunk == other.chunk else { return false }
    return one.vector.count == other.vector.count && difference(one.vector, other.vector) <= Self.vectorTolerance
  }

  private mutating func compareDocuments() async throws {
    let encoder = JSONEncoder.comparing
    let stored = stored
    copied.documents = try await comparison(
      source.allDocuments, target.allDocuments, in: source.cleaned, total: stored.count,
      counts: { stored.contains($0.id) }, areSame: ==, bytes: { Array(try encoder.encode($0)) })
  }

  private mutating func compareChunks() async throws {
    let encoder = JSONEncoder.comparing
    let stored = stored
    var largest: Float = 0
    copied.chunks = try await comparison(
      source.allChunks, target.allChunks, in: source.embedded,
      total: try await source.driver.count(where: .everything, in: source.embedded),
      counts: { stored.contains($0.documentID) },
      areSame: { one, other in
        if let one = one.chunk, let other = other.chunk, one.vector.count == other.vector.count {
          largest = max(largest, difference(one.vector, other.vector))
        }
        return isSame(one, other)
      },
      bytes: { try $0.chunk.map { Array(try encoder.encode($0.chunk)) } ?? [] })
    copied.largestVectorDifference = largest
  }

  /// Walks through both sides, in the order of the identifiers.
  private func comparison<Element: Identifiable & Sendable>(
    _ ours: StoredSequence<Element>, _ theirs: StoredSequence<Element>, in collection: CollectionReference, total: Int,
    counts: (Element) -> Bool, areSame: (Element, Element) -> Bool, bytes: (Element) throws -> [UInt8]
  ) async throws -> CopyVerification where Element.ID == Identifier {
    var verification = CopyVerification()
    var (ourHash, theirHash) = (ContentHasher(), ContentHasher())
    var (left, right) = (ours.makeAsyncIterator(), theirs.makeAsyncIterator())
    var (mine, yours) = (try await left.next(), try await right.next())
    while let element = mine {
      mine = try await left.next()
      guard counts(element) else { continue }
      while let other = yours, other.id < element.id {
        verification.others += 1
        yours = try await right.next()
      }
      verification.sourceCount += 1
      ourHash.update(try bytes(element))
      if let other = yours, other.id == element.id {
        verification.targetCount += 1
        theirHash.update(try bytes(other))
        if !areSame(element, other) { verification.noteDifference(element.id.uuidString) }
        yours = try await right.next()
      } else {
        verification.noteDifference(element.id.uuidString)
      }
      if verification.sourceCount.isMultiple(of: 500) {
        tell(.verifying, collection, verification.sourceCount, of: total)
      }
    }
    while yours != nil {
      verification.others += 1
      yours = try await right.next()
    }
    (verification.sourceHash, verification.targetHash) = (ourHash.hash.hexadecimal, theirHash.hash.hexadecimal)
    return verification
  }

  private func tell(
    _ activity: TransferProgress.Activity, _ collection: CollectionReference, _ completed: Int, of total: Int
  ) {
    progress?(
      TransferProgress(
        activity: activity, collection: collection.kind.collection(of: collection.category), completed: completed,
        total: max(total, completed)))
  }
}

/// The largest difference between components of two vectors of one dimension; infinite where one is not a number.
private func difference(_ one: [Float], _ other: [Float]) -> Float {
  zip(one, other).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}

extension JSONEncoder {
  /// Writes equal values as the same bytes.
  fileprivate static var comparing: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
