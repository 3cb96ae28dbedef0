import Domain

/// Decides for chunks, one after the other in the order of the rule, which chunk stands for each.
struct DuplicateDecision {
  /// For the texts of the chunks, by their digests, the stored chunks that stand for themselves and say the same, in the
  /// order of the rule.
  private let leaders: [String: [ComparedChunk]]
  /// What was decided: the chunk that stands for one, or nil if it stands for itself.
  private(set) var standIns: [(chunk: ComparedChunk, standIn: ComparedChunk?)] = []
  /// The chunks that stand for themselves by what was decided, in the order of the rule.
  private(set) var newLeaders: [ComparedChunk] = []
  private var displacedByID: [Identifier: WaitingChunk] = [:]

  init(leaders: [String: [ComparedChunk]]) {
    self.leaders = leaders
  }

  /// Chunks that stood for themselves, and are like one of the new leaders, which come before them.
  var displaced: [WaitingChunk] { displacedByID.values.sorted { $0.place < $1.place } }

  /// What was decided, by category.
  var links: [DataCategory: [DuplicateLink]] {
    Dictionary(grouping: standIns, by: \.chunk.chunk.category).mapValues { decided in
      decided.map { DuplicateLink(id: $0.chunk.chunk.id, duplicateOf: $0.standIn?.chunk.id) }
    }
  }

  /// Decides for the next chunk.
  mutating func decide(_ chunk: ComparedChunk, _ texts: inout ShingledTexts) {
    let stored = leaders[chunk.digest] ?? []
    let known = stored.first { $0.place < chunk.place && displacedByID[$0.chunk.id] == nil }
    let standIn = newLeader(like: chunk, before: known?.place, &texts) ?? known
    standIns.append((chunk, standIn))
    guard standIn == nil else { return }
    newLeaders.append(chunk)
    for leader in stored where chunk.place < leader.place {
      displacedByID[leader.chunk.id] = WaitingChunk(category: leader.chunk.category, place: leader.place)
    }
  }

  /// The first of the new leaders that says the same as the chunk, if it comes before `place`.
  private func newLeader(
    like chunk: ComparedChunk, before place: DuplicateRule.Place?, _ texts: inout ShingledTexts
  ) -> ComparedChunk? {
    for leader in newLeaders {
      if let place, place < leader.place { return nil }
      let isNear =
        leader.digest == chunk.digest || dotProduct(leader.vector, chunk.vector) >= DuplicateRule.minimumCosine
      if isNear, texts.areAlike(leader, chunk) { return leader }
    }
    return nil
  }
}
