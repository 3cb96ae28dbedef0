/// A stretch of a text that the model reads at once.
struct Passage: Sendable {
  /// The number of the text that it belongs to.
  var text: Int
  /// Its tokens, the special tokens and those of the prefix included.
  var ids: [Int32]
  /// How much its vector counts in that of the text: its tokens without those of the prefix.
  var weight: Int
}

extension [Passage] {
  /// The numbers of the passages in groups of about `tokens` tokens, the longest passages first.
  ///
  /// Groups are the units of work: large enough for matrix products to be efficient, small enough to stay in the cache
  /// and to be shared out evenly, the short ones last.
  func grouped(tokens: Int) -> [[Int]] {
    var groups: [[Int]] = []
    var size = 0
    for index in indices.sorted(by: { self[$0].ids.count > self[$1].ids.count }) {
      if groups.isEmpty || size + self[index].ids.count > tokens {
        groups.append([])
        size = 0
      }
      groups[groups.count - 1].append(index)
      size += self[index].ids.count
    }
    return groups
  }
}
