/// Chooses from a ranking what answers well without saying again what was chosen before: Maximal Marginal Relevance.
///
/// The first is the best; each next one has the greatest (1 - diversity) · relevance - diversity · similarity, where
/// relevance is its score, put linearly on 0 for the worst to 1 for the best of the candidates, and similarity the
/// greatest cosine to one that was chosen. J. Carbonell, J. Goldstein, “The Use of MMR, Diversity-Based Reranking for
/// Reordering Documents and Producing Summaries”, SIGIR 1998, whose λ is 1 - diversity.
///
/// - Parameters:
///   - scores: of the candidates, best first.
///   - vectors: of the candidates, of unit length; an empty one is like no other.
///   - diversity: from 0, which keeps the ranking, to 1, which looks only for what is unlike the chosen.
/// - Returns: the places of the chosen candidates, at most `limit`, in the order of the choice; of equal ones, the better.
func mostMarginallyRelevant(scores: [Double], vectors: [[Float]], diversity: Double, limit: Int) -> [Int] {
  guard let best = scores.first, let worst = scores.last else { return [] }
  let range = best - worst
  let relevance = scores.map { range > 0 ? ($0 - worst) / range : 1 }
  var similarity = [Double](repeating: 0, count: scores.count)
  var remaining = Array(scores.indices)
  var chosen: [Int] = []
  while chosen.count < limit, !remaining.isEmpty {
    var place = 0
    var value = -Double.infinity
    for (index, candidate) in remaining.enumerated() {
      let margin = (1 - diversity) * relevance[candidate] - diversity * similarity[candidate]
      if margin > value { (place, value) = (index, margin) }
    }
    let next = remaining.remove(at: place)
    chosen.append(next)
    for candidate in remaining {
      let cosine = dotProduct(vectors[next], vectors[candidate])
      similarity[candidate] = chosen.count == 1 ? cosine : max(similarity[candidate], cosine)
    }
  }
  return chosen
}

/// The cosine of vectors of unit length; 0 if they have different numbers of components.
func dotProduct(_ left: [Float], _ right: [Float]) -> Double {
  guard left.count == right.count else { return 0 }
  var sum: Float = 0
  for index in left.indices { sum += left[index] * right[index] }
  return Double(sum)
}
