/// The valid name nearest to a misspelt one, for "did you mean".
///
/// - Returns: the candidate with the smallest edit distance, if that is at most two and no more than a third of
///   the name's length (so that one-letter names do not match everything); nil if none is near.
func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  let limit = min(2, max(1, name.utf8.count / 3))
  let wanted = Array(name.lowercased().utf8)
  var best: (name: String, distance: Int)?
  for candidate in candidates where abs(candidate.utf8.count - wanted.count) <= limit {
    let distance = editDistance(wanted, Array(candidate.lowercased().utf8))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The optimal string alignment distance: Levenshtein's, with two neighbours swapped as one edit, since that is the
/// commonest slip of the fingers.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var before: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var cost = min(last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, before[j - 1] + 1) }
      row.append(cost)
    }
    (before, last) = (last, row)
  }
  return last[right.count]
}
