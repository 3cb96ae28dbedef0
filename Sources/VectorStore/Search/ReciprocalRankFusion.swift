import Domain

/// Joins rankings whose scores cannot be compared, by Reciprocal Rank Fusion: a hit's score is the sum over the rankings
/// of 1 / (60 + rank), the first rank being 1.
///
/// G. V. Cormack, C. L. A. Clarke, S. Büttcher, “Reciprocal Rank Fusion outperforms Condorcet and individual Rank
/// Learning Methods”, SIGIR 2009, where 60 is the constant. It is done here and not by the engine, whose constant
/// differs (Qdrant's is 2, and can be set only since version 1.16), so that every driver ranks alike.
func fusingReciprocalRanks(_ rankings: [[SearchHit]]) -> [SearchHit] {
  let constant = 60.0
  var fused: [Identifier: SearchHit] = [:]
  for ranking in rankings {
    for (index, hit) in ranking.enumerated() {
      let share = 1 / (constant + Double(index + 1))
      var joined = fused[hit.id] ?? hit
      joined.score = (fused[hit.id]?.score ?? 0) + share
      fused[hit.id] = joined
    }
  }
  return fused.values.sorted(by: SearchHit.isBetter)
}
