import Domain

/// Compares chunks with all others, text by text: chunks of one text are alike to the same others.
struct DuplicateSearch {
  let driver: any VectorStoreDriver
  let categories: [DataCategory]
  /// The chunks of which nothing was known at the beginning: each is compared itself.
  let waiting: Set<Identifier>
  private(set) var report = DuplicateReport()
  private var doneDigests: Set<String> = []

  init(driver: any VectorStoreDriver, categories: [DataCategory], waiting: Set<Identifier>) {
    self.driver = driver
    self.categories = categories
    self.waiting = waiting
  }

  /// Links some waiting chunks, and the chunks after them that are like them.
  mutating func link(_ chunks: [EmbeddedChunk]) async throws {
    var firstOfText: [String: EmbeddedChunk] = [:]
    for chunk in chunks {
      let digest = textDigest(of: chunk.chunk.text)
      if !doneDigests.contains(digest) { firstOfText[digest] = firstOfText[digest] ?? chunk }
    }
    let texts = firstOfText.sorted { $0.key < $1.key }
    guard !texts.isEmpty else { return }
    doneDigests.formUnion(texts.map(\.key))
    let copies = try await copies(of: texts.map(\.key))
    let neighbours = try await driver.nearest(
      toEach: texts.map(\.value.vector),
      ChunkSearch(categories: categories, filter: .everything, limit: DuplicateRule.neighbours))
    var links: [DataCategory: [DuplicateLink]] = [:]
    for ((digest, chunk), neighbours) in zip(texts, neighbours) {
      let copies = copies[digest] ?? [chunk.chunk]
      let alike = similar(to: chunk.chunk, digest, among: neighbours)
      link(copies, alike, &links)
      try await relink(alike, after: copies, &links)
    }
    for (category, links) in links.sorted(by: { $0.key < $1.key }) {
      try await driver.link(links, in: CollectionReference(kind: .embedded, category: category))
    }
  }

  /// All chunks of each text, in the order of the rule.
  private func copies(of digests: [String]) async throws -> [String: [Chunk]] {
    var copies: [String: [Chunk]] = [:]
    for category in categories {
      let collection = CollectionReference(kind: .embedded, category: category)
      for try await chunk in StoredSequence<EmbeddedChunk>(page: { [driver] in
        try await driver.page(
          of: EmbeddedChunk.self, in: collection, where: .field(.textDigest, anyOf: digests), from: $0)
      }) {
        copies[textDigest(of: chunk.chunk.text), default: []].append(chunk.chunk)
      }
    }
    return copies.mapValues { $0.sorted(by: DuplicateRule.isBefore) }
  }

  /// The neighbours that say nearly the same in other words, in the order of the rule.
  private func similar(to chunk: Chunk, _ digest: String, among neighbours: [ScoredChunk]) -> [ScoredChunk] {
    let near = neighbours.filter { $0.score >= DuplicateRule.minimumCosine && textDigest(of: $0.chunk.text) != digest }
    guard !near.isEmpty else { return [] }
    let shingles = DuplicateRule.shingles(of: chunk.text)
    return near.filter { DuplicateRule.overlap(shingles, DuplicateRule.shingles(of: $0.chunk.text)) }
      .sorted { DuplicateRule.isBefore($0.chunk, $1.chunk) }
  }

  /// Links the chunks of one text: to the first of all that say the same, if it comes before them.
  private mutating func link(
    _ copies: [Chunk], _ alike: [ScoredChunk], _ links: inout [DataCategory: [DuplicateLink]]
  ) {
    guard let first = copies.first else { return }
    var standIn = first
    if let other = alike.first?.chunk, DuplicateRule.isBefore(other, first) { standIn = other }
    for copy in copies {
      // A near duplicate may come between two copies, but not before the first of them.
      let isOwn = copy.id == standIn.id
      links[copy.category, default: []].append(
        DuplicateLink(id: copy.id, duplicateOf: isOwn ? nil : standIn.id))
      guard waiting.contains(copy.id) else { continue }
      report.checked += 1
      if copy.id != first.id {
        report.exact += 1
      } else if !isOwn {
        report.near += 1
      }
    }
  }

  /// Links known chunks that come after these copies to the first of them, unless an earlier one stands for them.
  private func relink(
    _ alike: [ScoredChunk], after copies: [Chunk], _ links: inout [DataCategory: [DuplicateLink]]
  ) async throws {
    guard let first = copies.first else { return }
    for other in alike where !waiting.contains(other.id) && DuplicateRule.isBefore(first, other.chunk) {
      if let known = other.duplicateOf {
        guard known != first.id else { continue }
        if let standIn = try await find(known), !DuplicateRule.isBefore(first, standIn) { continue }
      }
      links[other.chunk.category, default: []].append(DuplicateLink(id: other.id, duplicateOf: first.id))
    }
  }

  private func find(_ id: Identifier) async throws -> Chunk? {
    for category in categories {
      let collection = CollectionReference(kind: .embedded, category: category)
      let page = try await driver.page(
        of: EmbeddedChunk.self, in: collection, where: .identifier(anyOf: [id]), from: nil)
      if let found = page.elements.first { return found.chunk }
    }
    return nil
  }
}
