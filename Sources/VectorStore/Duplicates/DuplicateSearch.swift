import Domain

/// Finds which chunk stands for each of those that wait, by comparing them with the chunks that stand for themselves.
///
/// A chunk that begins to stand for itself may be like others that come after it and were linked before: these wait again,
/// with those that they stand for, and are compared in the next round (``takeRequeued()``). They are unlinked before it is
/// noted, so that an interruption anywhere leaves nothing linked that should be compared again.
struct DuplicateSearch {
  /// The chunks that one condition names, at most.
  private static let idsPerRead = 1000

  private let driver: any VectorStoreDriver
  private let categories: [DataCategory]
  /// Whether any chunk says the same as another one. If none does, none can be linked wrongly to one that comes later.
  private var knowsDuplicates = true
  private var findings: [Identifier: Finding] = [:]
  private var requeued: [Identifier: WaitingChunk] = [:]

  private enum Finding { case unique, exact, near }

  init(driver: any VectorStoreDriver, categories: [DataCategory]) {
    self.driver = driver
    self.categories = categories
  }

  /// How many chunks were compared.
  var compared: Int { findings.count }

  var report: DuplicateReport {
    var report = DuplicateReport()
    report.checked = findings.count
    report.exact = findings.values.count { $0 == .exact }
    report.near = findings.values.count { $0 == .near }
    return report
  }

  // MARK: What waits

  /// The chunks that are not linked, in the order of the rule, with those for which one of them stood until it was stored
  /// again.
  mutating func waiting() async throws -> [WaitingChunk] {
    try await lookForDuplicates()
    let unlinked = try await references(where: .isUnlinked)
    let dependents = try await dependents(of: unlinked.map(\.id))
    try await unlink(dependents)
    return (unlinked + dependents).sorted { $0.place < $1.place }
  }

  /// The chunks that wait again, in the order of the rule; they are not given twice.
  mutating func takeRequeued() async throws -> [WaitingChunk] {
    try await lookForDuplicates()
    defer { requeued = [:] }
    return requeued.values.sorted { $0.place < $1.place }
  }

  private mutating func lookForDuplicates() async throws {
    knowsDuplicates = false
    for category in categories where !knowsDuplicates {
      let collection = CollectionReference(kind: .embedded, category: category)
      knowsDuplicates = try await driver.count(where: .isDuplicate, in: collection) > 0
    }
  }

  /// The chunks for which any of these stands. They stand for none, unless an earlier version of twin has linked them.
  private func dependents(of ids: [Identifier]) async throws -> [WaitingChunk] {
    guard knowsDuplicates else { return [] }
    var (found, seen, next) = ([WaitingChunk](), Set(ids), ids)
    while !next.isEmpty {
      var dependents: [WaitingChunk] = []
      for some in next.batches(of: Self.idsPerRead) {
        dependents += try await references(where: .field(.duplicateOf, anyOf: some.map(\.uuidString)))
      }
      dependents = dependents.filter { seen.insert($0.id).inserted }
      found += dependents
      next = dependents.map(\.id)
    }
    return found
  }

  private func references(where filter: VectorFilter) async throws -> [WaitingChunk] {
    var found: [WaitingChunk] = []
    for category in categories {
      let collection = CollectionReference(kind: .embedded, category: category)
      for try await reference in StoredSequence(page: { [driver] in
        try await driver.references(in: collection, where: filter, from: $0)
      }) {
        found.append(WaitingChunk(category: category, place: DuplicateRule.Place(reference)))
      }
    }
    return found
  }

  private func unlink(_ chunks: [WaitingChunk]) async throws {
    for (category, chunks) in Dictionary(grouping: chunks, by: \.category).sorted(by: { $0.key < $1.key }) {
      try await driver.unlink(chunks.map(\.id), in: CollectionReference(kind: .embedded, category: category))
    }
  }

  // MARK: Comparing

  /// Links some chunks, given in the order of the rule.
  mutating func link(_ waiting: ArraySlice<WaitingChunk>) async throws {
    let chunks = try await read(waiting)
    guard !chunks.isEmpty else { return }
    var texts = ShingledTexts()
    let leaders = try await leaders(like: chunks, &texts)
    var decision = DuplicateDecision(leaders: leaders)
    for chunk in chunks { decision.decide(chunk, &texts) }
    var displaced = decision.displaced
    displaced += try await dependents(of: displaced.map(\.id))
    displaced += try await linkedTooLate(to: decision.newLeaders, &texts)
    try await unlink(displaced)
    for chunk in displaced { requeued[chunk.id] = chunk }
    for (category, links) in decision.links.sorted(by: { $0.key < $1.key }) {
      try await driver.link(links, in: CollectionReference(kind: .embedded, category: category))
    }
    for (chunk, standIn) in decision.standIns {
      findings[chunk.chunk.id] = standIn.map { $0.digest == chunk.digest ? .exact : .near } ?? .unique
    }
  }

  /// The chunks with their vectors, in the order of the rule; those that are gone are left out.
  private func read(_ waiting: ArraySlice<WaitingChunk>) async throws -> [ComparedChunk] {
    var chunks: [ComparedChunk] = []
    for (category, some) in Dictionary(grouping: waiting, by: \.category) {
      chunks += try await stored(where: .identifier(anyOf: some.map(\.id)), in: category)
        .map { ComparedChunk($0.chunk, vector: $0.vector) }
    }
    return chunks.sorted { $0.place < $1.place }
  }

  private func stored(where filter: VectorFilter, in category: DataCategory) async throws -> [EmbeddedChunk] {
    let collection = CollectionReference(kind: .embedded, category: category)
    var chunks: [EmbeddedChunk] = []
    for try await chunk in StoredSequence<EmbeddedChunk>(page: { [driver] in
      try await driver.page(of: EmbeddedChunk.self, in: collection, where: filter, from: $0)
    }) {
      chunks.append(chunk)
    }
    return chunks
  }

  /// For each text, by its digest, the stored chunks that stand for themselves and say the same.
  private func leaders(
    like chunks: [ComparedChunk], _ texts: inout ShingledTexts
  ) async throws -> [String: [ComparedChunk]] {
    var leaders: [String: [ComparedChunk]] = [:]
    let digests = Set(chunks.map(\.digest)).sorted()
    for category in categories {
      let exact = try await stored(
        where: .field(.textDigest, anyOf: digests) && .standsForItself, in: category)
      for chunk in exact.map({ ComparedChunk($0.chunk) }) { leaders[chunk.digest, default: []].append(chunk) }
    }
    // What one of the same text stands for need not be looked for: nothing before that one is like it.
    var seen: Set<String> = []
    let searched = chunks.filter { chunk in
      seen.insert(chunk.digest).inserted && leaders[chunk.digest]?.contains { $0.place < chunk.place } != true
    }
    for (chunk, near) in zip(searched, try await near(searched, .standsForItself)) {
      for leader in near.map({ ComparedChunk($0.chunk) })
      where leader.digest != chunk.digest && texts.areAlike(leader, chunk) {
        leaders[chunk.digest, default: []].append(leader)
      }
    }
    return leaders.mapValues { $0.sorted { $0.place < $1.place } }
  }

  /// Chunks that are like a new leader and come after it, but are linked to one that comes later still.
  private func linkedTooLate(
    to leaders: [ComparedChunk], _ texts: inout ShingledTexts
  ) async throws -> [WaitingChunk] {
    guard knowsDuplicates else { return [] }
    var found: [(leader: ComparedChunk, chunk: Chunk, standIn: Identifier)] = []
    for (leader, near) in zip(leaders, try await near(leaders, .isDuplicate)) {
      for hit in near where leader.place < DuplicateRule.Place(hit.chunk) {
        guard let standIn = hit.duplicateOf, standIn != leader.chunk.id else { continue }
        if texts.areAlike(ComparedChunk(hit.chunk), leader) { found.append((leader, hit.chunk, standIn)) }
      }
    }
    var places: [Identifier: DuplicateRule.Place] = [:]
    for some in Set(found.map(\.standIn)).sorted().batches(of: Self.idsPerRead) {
      for standIn in try await references(where: .identifier(anyOf: Array(some))) { places[standIn.id] = standIn.place }
    }
    return found.filter { found in places[found.standIn].map { found.leader.place < $0 } ?? true }
      .map { WaitingChunk(category: $0.chunk.category, place: DuplicateRule.Place($0.chunk)) }
  }

  /// For each chunk those of the nearest that pass the filter whose vectors are near its own.
  private func near(_ chunks: [ComparedChunk], _ filter: VectorFilter) async throws -> [[ScoredChunk]] {
    guard !chunks.isEmpty else { return [] }
    let search = ChunkSearch(categories: categories, filter: filter, limit: DuplicateRule.neighbours)
    return try await driver.nearest(toEach: chunks.map(\.vector), search)
      .map { $0.filter { $0.score >= DuplicateRule.minimumCosine } }
  }
}

extension VectorFilter {
  /// A chunk of which it is known that no other stands for it.
  fileprivate static let standsForItself = !isDuplicate && !isUnlinked
}
