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

  /// What has to be done about the documents of a warehouse.
  func changes(in survey: DocumentSurvey, since stored: StoredFeatures) -> DocumentChanges {
    var changes = DocumentChanges(unreadable: survey.unreadable, boilerplate: survey.boilerplate)
    var present = Set(survey.unreadable.map(\.reference))
    for entry in survey.entries {
      present.insert(entry.reference)
      let state = stored.state(of: entry.reference.id, in: entry.reference.category)
      let isUnchanged = !remakesAll && state?.inputHash == entry.inputHash && state?.fingerprint == fingerprint
      if isUnchanged { changes.unchanged += 1 } else { changes.changed.append(entry.reference) }
    }
    changes.gone = stored.references.filter { !present.contains($0) }
    return changes
  }

  func note(_ survey: DocumentSurvey, _ changes: DocumentChanges) {
    let context = StepContext.current
    context.count(computed: changes.changed.count, cached: changes.unchanged)
    context.record("documents", survey.entries.count)
    context.record("documents_per_author", survey.countByAuthor)
    context.record("boilerplate", survey.boilerplate.notes)
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
