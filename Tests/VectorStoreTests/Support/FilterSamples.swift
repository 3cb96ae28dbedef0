import Domain
import Foundation
import TestSupport

@testable import VectorStore

/// Documents and chunks of all that filters tell apart: authors, platforms, links, dates or none, links between
/// duplicates.
struct FilterSamples {
  /// A stored chunk and what is known of it.
  struct Sample {
    enum Link: Hashable {
      case unlinked, unique
      case duplicate(Identifier)
    }
    var chunk: EmbeddedChunk
    var link: Link
  }

  private static let authors = [Corpus.ada, Corpus.ben, User(fullName: "Cleo \"O'Quote\" Ünal")]
  private static let platforms = ["blog", "medium", "o'reilly", "a\"b\\c\n"]
  private static let dates: [Date?] = [nil] + (0..<4).map { Date(timeIntervalSince1970: Double($0) * 86_400 * 365) }

  private(set) var documents: [CleanedDocument] = []
  private(set) var chunks: [Sample] = []

  /// Fills a store with the samples, which are the same each time.
  static func fill(_ store: VectorStore) async throws -> FilterSamples {
    var random = SeededGenerator(seed: 19)
    var samples = FilterSamples()
    try await store.prepare(for: Corpus.model)
    var replacements: [DocumentReplacement] = []
    for number in 0..<14 {
      var document = Corpus.document(
        "filtered-\(number)", by: pick(authors, &random), platform: pick(platforms, &random))
      document.publishedAt = pick(dates, &random)
      // The second of each document says the same as that of others.
      let pieces = [(text: "only in \(number)", vector: random.vector(4)), ("said \(number % 3)", random.vector(4))]
      replacements.append(Corpus.replacement(document, pieces))
      samples.documents.append(document)
    }
    let outcome = try await store.replaceChunks(replacements)
    if let failure = outcome.failures.first { throw failure.value }
    let all = replacements.flatMap(\.chunks)
    var links: [DuplicateLink] = []
    for chunk in all {
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        samples.chunks.append(Sample(chunk: chunk, link: .unlinked))
      case 1:
        links.append(DuplicateLink(id: chunk.id, duplicateOf: nil))
        samples.chunks.append(Sample(chunk: chunk, link: .unique))
      default:
        let other = pick(all.filter { $0.id != chunk.id }, &random)
        links.append(DuplicateLink(id: chunk.id, duplicateOf: other.id))
        samples.chunks.append(Sample(chunk: chunk, link: .duplicate(other.id)))
      }
    }
    try await store.driver.link(links, in: CollectionReference(kind: .embedded, category: .articles))
    return samples
  }

  /// A filter of any shape, of what is there and what is not.
  func filter(depth: Int, using random: inout SeededGenerator) -> VectorFilter {
    if depth > 0, Int.random(in: 0..<4, using: &random) > 0 {
      let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in filter(depth: depth - 1, using: &random) }
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .all(parts)
      case 1: return .any(parts)
      default: return .not(parts.first ?? .everything)
      }
    }
    return leaf(using: &random)
  }

  private func leaf(using random: inout SeededGenerator) -> VectorFilter {
    let document = Self.pick(documents, &random)
    let chunk = Self.pick(chunks, &random).chunk
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return .author(Self.pick(Self.authors, &random).id)
    case 1: return .field(.platform, anyOf: Self.platforms.filter { _ in Bool.random(using: &random) })
    case 2: return .link(Bool.random(using: &random) ? document.link : "https://example.org/nowhere")
    case 3: return .documents([document.id, Self.pick(documents, &random).id, Identifier(existing: "no \"UUID\"")])
    case 4:
      let ids = [document.id, chunk.id, Self.pick(chunks, &random).chunk.id, chunk.id, Identifier(existing: "none")]
      return .identifier(anyOf: ids)
    case 5:
      return .published(from: Self.pick(Self.dates, &random), before: Self.pick(Self.dates, &random))
    case 6: return .isDuplicate
    case 7: return .isUnlinked
    default: return .field(.duplicateOf, anyOf: [chunk.id.uuidString, Self.pick(chunks, &random).chunk.id.uuidString])
    }
  }

  private static func pick<Element>(_ elements: [Element], _ random: inout SeededGenerator) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }
}

/// What a filter is compared with.
protocol FilterSubject {
  var id: Identifier { get }
  var publishedAt: Date? { get }
  var isDuplicate: Bool { get }
  var isUnlinked: Bool { get }
  func value(of field: VectorField) -> String?
}

extension VectorFilter {
  /// Whether it lets `subject` pass, by what its cases say.
  func passes(_ subject: some FilterSubject) -> Bool {
    switch self {
    case .field(let field, let values): subject.value(of: field).map(values.contains) ?? false
    case .identifier(let ids): ids.contains(subject.id)
    case .published(nil, nil): true
    case .published(let from, let before):
      subject.publishedAt.map { ($0 >= from ?? .distantPast) && ($0 < before ?? .distantFuture) } ?? false
    case .isDuplicate: subject.isDuplicate
    case .isUnlinked: subject.isUnlinked
    case .isIncomplete: false
    case .all(let filters): filters.allSatisfy { $0.passes(subject) }
    case .any(let filters): filters.contains { $0.passes(subject) }
    case .not(let filter): !filter.passes(subject)
    }
  }
}

extension CleanedDocument: FilterSubject {
  var isDuplicate: Bool { false }
  var isUnlinked: Bool { false }

  func value(of field: VectorField) -> String? {
    switch field {
    case .author: authorID.uuidString
    case .document: id.uuidString
    case .platform: platform
    case .link: link
    case .textDigest, .duplicateOf: nil
    }
  }
}

extension FilterSamples.Sample: FilterSubject {
  var id: Identifier { chunk.id }
  var publishedAt: Date? { chunk.chunk.publishedAt }
  var isDuplicate: Bool { if case .duplicate = link { true } else { false } }
  var isUnlinked: Bool { link == .unlinked }

  func value(of field: VectorField) -> String? {
    switch field {
    case .author: chunk.chunk.authorID.uuidString
    case .document: chunk.chunk.documentID.uuidString
    case .platform: chunk.chunk.platform
    case .link: chunk.chunk.link
    case .textDigest: nil
    case .duplicateOf: if case .duplicate(let other) = link { other.uuidString } else { nil }
    }
  }
}
