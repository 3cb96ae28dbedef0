/// The valid name nearest to a misspelt one, for "did you mean" in error messages.
///
/// - Returns: the candidate with the smallest edit distance, where two neighbouring letters that changed places are one
///   edit, if that is at most two and no more than a third of the name's length (so that one-letter names do not match
///   everything); nil if none is near.
public func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  let limit = min(2, max(1, name.utf8.count / 3))
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var row = [i + 1]
    for (j, b) in right.enumerated() {
      var distance = min(last[j] + (a == b ? 0 : 1), row[j] + 1, last[j + 1] + 1)
      if i > 0, j > 0, a == right[j - 1], b == left[i - 1] { distance = min(distance, beforeLast[j - 1] + 1) }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}
