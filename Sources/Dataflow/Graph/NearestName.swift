/// The valid name nearest to a misspelt one, for "did you mean".
///
/// - Returns: the candidate with the smallest Levenshtein distance, if that is at most two and no more than a third of
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

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let substituted = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
    }
  }
  return row[right.count]
}
