/// The name that a misspelt one was probably meant to be.
///
/// - Returns: the candidate that differs in the fewest letters, if those are at most two and no more than a third of the
///   name (so that one-letter names do not match everything); nil if none is near.
func nearestName(to name: String, in candidates: [String]) -> String? {
  let limit = min(2, max(1, name.count / 3))
  let distances = candidates.map { (name: $0, distance: editDistance(Array(name), Array($0))) }
  return distances.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
}

/// The optimal string alignment distance: how many letters are to be put in, taken out, changed, or swapped with the next.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
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
