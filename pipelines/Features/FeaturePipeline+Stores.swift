extension FeaturePipeline {
  /// Makes the collections, or makes them anew when another model filled them, unless that would drop what this run
  /// does not make again.
  func prepareStore(for users: [User], isForAll: Bool) async throws {
    if let stored = try await vectors.models().values.first(where: { !$0.makesSameVectors(as: embedder.model) }),
      !isForAll
    {
      let known = Set(users.map(\.id))
      let collections = try await vectors.statistics().collections
      let others = Set(collections.flatMap(\.authors).filter { !known.contains($0.id) }.map(\.name)).sorted()
      guard others.isEmpty else {
        throw PipelineError.modelChangeForSome(
          stored: stored.name, configured: embedder.model.name, others: others)
      }
    }
    let outcome = try await vectors.prepare(for: embedder.model)
    if outcome.droppedVectors, let previous = outcome.previousModel {
      StepContext.current.record("dropped_vectors_of", previous.name)
    }
  }

  func documents(
    _ category: DataCategory, of users: [User], among categories: [DataCategory]
  ) async throws -> CollectedDocuments {
    var collected = CollectedDocuments()
    guard categories.contains(category) else { return collected }
    for try await batch in warehouse.documents(in: category, authors: users.map(\.id)).batches {
      collected.documents += batch.documents
      for document in batch.unreadable {
        collected.unreadable.append(document.id)
        StepContext.current.quarantine(item: "\(document.collection) \(document.id)", reason: document.reason)
      }
    }
    StepContext.current.record("documents", collected.documents.count)
    StepContext.current.record("documents_per_author", tally(collected.documents.map(\.authorFullName)))
    return collected
  }

  func load(_ batch: [ChunkedDocument], counting summary: inout LoadSummary) async throws {
    var replacements: [DocumentReplacement] = []
    do {
      replacements = try await embedded(batch)
    } catch let error as EmbeddingError where error.isAboutOneText && batch.count > 1 {
      // One text that the model refuses must not hold up the others: each document is tried for itself.
      for item in batch { try await load([item], counting: &summary) }
      return
    } catch let error as EmbeddingError where error.isAboutOneText {
      StepContext.current.quarantine(item: batch[0].itemName, error: error)
      return
    }
    let outcome = try await vectors.replaceChunks(replacements)
    summary.documents += outcome.documents
    summary.chunksDeleted += outcome.chunksDeleted
    for item in batch {
      guard let failure = outcome.failures[item.document.id] else { continue }
      StepContext.current.quarantine(item: item.itemName, error: failure)
    }
  }

  private func embedded(_ batch: [ChunkedDocument]) async throws -> [DocumentReplacement] {
    var embedded = try await embedder.embed(batch.flatMap { $0.chunks.map(\.text) })[...]
    return batch.map { item in
      let vectors = embedded.prefix(item.chunks.count)
      embedded = embedded.dropFirst(item.chunks.count)
      return DocumentReplacement(
        document: item.document,
        chunks: zip(item.chunks, vectors).map { EmbeddedChunk(chunk: $0, vector: $1, model: embedder.model) })
    }
  }
}

extension EmbeddingError {
  /// Whether another text might have gone well.
  fileprivate var isAboutOneText: Bool {
    switch self {
    case .tooLong, .notANumber: true
    default: false
    }
  }
}
