public import Embedding

/// Outcomes with the cosine between each answer and its extract, and without the samples whose cosine is too low.
///
/// Answers that are the author's bytes are not measured: nothing can be nearer. Texts over the model's limit are cut.
///
/// - Throws: `EmbeddingError`; `CancellationError`.
public func gatedByMeaning(
  _ outcome: GeneratorOutcome, by settings: GateSettings, embedder: any Embedder
) async throws -> GeneratorOutcome {
  guard settings.leastCosine > 0 else { return outcome }
  let measured = outcome.accepted.indices.filter { outcome.accepted[$0].scores?.isVerbatim != true }
  guard !measured.isEmpty else { return outcome }
  let texts = [outcome.extract.text] + measured.map { outcome.accepted[$0].sample.answer }
  let vectors = try await vectors(of: texts, embedder)
  var result = GeneratorOutcome(of: outcome.extract, rejected: outcome.rejected)
  for (index, candidate) in outcome.accepted.enumerated() {
    guard let place = measured.firstIndex(of: index) else {
      result.accepted.append(candidate)
      continue
    }
    let cosine = rounded(Double(zip(vectors[0], vectors[place + 1]).reduce(0) { $0 + $1.0 * $1.1 }))
    guard cosine >= settings.leastCosine || settings.readmitted.contains(candidate.sample.id) else {
      let evidence = "the cosine between the answer and its extract is \(cosine), and must be \(settings.leastCosine)"
      result.rejected.append(Rejection(candidate.sample, Finding("not_grounded", evidence)))
      continue
    }
    var candidate = candidate
    candidate.scores?.cosine = cosine
    result.accepted.append(candidate)
  }
  return result
}

/// The vectors of texts, of which what is too long for the model is cut at the end of a word.
private func vectors(of texts: [String], _ embedder: any Embedder) async throws -> [[Float]] {
  var texts = texts
  while true {
    do {
      return try await embedder.embed(texts)
    } catch EmbeddingError.tooLong(let index, let tokens, let limit) {
      let words = texts[index].split(whereSeparator: \.isWhitespace)
      // A little less than its share, so that few rounds suffice.
      let kept = min(words.count - 1, words.count * limit / max(1, tokens) * 9 / 10)
      guard kept > 0 else { throw EmbeddingError.tooLong(index: index, tokens: tokens, limit: limit) }
      texts[index] = words.prefix(kept).joined(separator: " ")
    }
  }
}
