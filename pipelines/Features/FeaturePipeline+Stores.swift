extension FeaturePipeline {
  /// The states of the documents of `users`, of the collections that the configured model fills.
  ///
  /// - Parameter isForAll: whether the run leaves nobody and nothing out.
  func states(of users: [User], in categories: [DataCategory], isForAll: Bool) async throws -> StoredFeatures {
    let (ids, model) = (users.map(\.id), embedder.model)
    let isChange = try await vectors.needsChange(for: model)
    let stored = try await vectors.models().values.first { !$0.makesSameVectors(as: model) }
    if isChange, !isForAll, let stored { try await checkNobodyIsDropped(besides: users, stored) }
    // A change waits for all that searches find, also of authors whom the warehouse no longer has. One without any
    // authors may be the wrong warehouse.
    let changed = isForAll && !users.isEmpty ? nil : ids
    var features = StoredFeatures()
    for category in categories {
      let states = try await vectors.states(of: category, authors: ids, madeBy: model)
      features.states[category.rawValue] = Dictionary(
        states.map { ($0.key.uuidString, $0.value) }, uniquingKeysWith: { $1 })
      guard isChange else { continue }
      let found = try await vectors.states(of: category, authors: changed).keys
      features.superseded[category.rawValue] = found.map(\.uuidString).sorted()
    }
    return features
  }

  /// Another model makes the collections anew, which must not cost those their features whom the run leaves out.
  private func checkNobodyIsDropped(besides users: [User], _ stored: EmbeddingModelInfo) async throws {
    let known = Set(users.map(\.id))
    let collections = try await vectors.statistics().collections
    let others = Set(collections.flatMap(\.authors).filter { !known.contains($0.id) }.map(\.name)).sorted()
    guard others.isEmpty else {
      throw PipelineError.modelChangeForSome(stored: stored.name, configured: embedder.model.name, others: others)
    }
  }

  /// What has to be done about a document.
  ///
  /// - Parameter document: nil if it cannot be read.
  func change(of document: ChangedDocument?, since stored: StoredFeatures) -> DocumentChange.Kind {
    guard let document else { return .unreadable }
    let raw = document.document
    guard !remakesAll, let state = stored.state(of: raw.id, in: raw.category) else { return .changed }
    return state.inputHash == document.inputHash && state.fingerprint == fingerprint ? .unchanged : .changed
  }

  /// What is stored and is not among the documents, in a fixed order.
  func gone(from stored: StoredFeatures, since changes: [DocumentChange]) -> [StoredDocument] {
    let present = Set(changes.map { StoredDocument(id: $0.id, category: $0.category) })
    return DataCategory.allCases.sorted().flatMap { category -> [StoredDocument] in
      let ids = Set(stored.states[category.rawValue, default: [:]].keys)
        .union(stored.superseded[category.rawValue, default: []])
      return ids.sorted().map { StoredDocument(id: Identifier(existing: $0), category: category) }
    }.filter { !present.contains($0) }
  }

  func note(_ summary: FeatureSummary, _ store: ActivatedStore) {
    let context = StepContext.current
    context.record("changed", summary.changed)
    context.record("unchanged", summary.unchanged)
    context.record("gone", summary.gone)
    context.record("documents", summary.documentsByCategory)
    context.record("documents_per_author", summary.documentsByAuthor)
    context.record("chunks", summary.lengths)
    context.record("removals", summary.removals)
    context.record("languages", summary.languages.counts)
    if let warning = summary.languages.warning(for: embedder.model.name) { context.warn(warning) }
    context.record("embedding", embedder.model)
    if let tally = (embedder as? CachedEmbedder)?.tally { context.record("kept_vectors", tally) }
    if embedder.truncatedTexts > 0 { context.record("truncated_texts", embedder.truncatedTexts) }
    if let usage = embedder.usage {
      context.record("embedding_usage", usage)
      context.use("embedding_tokens", Double(usage.tokens))
      if let cost = usage.cost { context.use("embedding_cost", cost) }
    }
    context.record("duplicates", summary.duplicates)
    if let replaced = store.replacedVectorsOf { context.record("replaced_vectors_of", replaced) }
    if store.waitsFor > 0 { context.record("change_of_model_waits_for", store.waitsFor) }
    if let abandoned = store.abandonedModel { context.record("abandoned_change_to", abandoned) }
    if let model = store.changesTo { context.record("changes_to", model) }
    context.record(uri: vectors.location)
  }
}
