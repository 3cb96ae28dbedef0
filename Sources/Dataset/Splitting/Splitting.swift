import Domain
import Preprocessing

/// The documents whose samples are for testing: about `share` of them, chosen by the hash of their identifier.
///
/// Documents that share a fifth of their sentences, such as an article published in two places, stay on the same side,
/// and so do those with nearly the same answer. With two such groups or more, each side gets at least one, unless `share`
/// is 0.
///
/// - Parameters:
///   - byCategory: whether that holds for each category of documents; a group is of the category of its first document.
///   - related: documents that have an answer in common, one of whose samples is gone for it.
func testDocuments(
  of samples: [Sample], share: Double, byCategory: Bool = false, related: [(Identifier, Identifier)] = []
) -> Set<Identifier> {
  let groups = documentGroups(of: samples, related)
  guard byCategory else { return chosenDocuments(of: groups, share: share) }
  let categories = samples.reduce(into: [:]) { $0[$1.provenance.documentID] = $1.provenance.category }
  return Dictionary(grouping: groups) { $0.min().flatMap { categories[$0] } }.values
    .reduce(into: []) { $0.formUnion(chosenDocuments(of: $1, share: share)) }
}

private func chosenDocuments(of groups: [[Identifier]], share: Double) -> Set<Identifier> {
  let total = groups.map(\.count).reduce(0, +)
  guard share > 0, groups.count > 1 else { return [] }
  let wanted = max(1, Int((share * Double(total)).rounded()))
  let ordered = groups.map { (key: splitKey($0), documents: $0) }.sorted { $0.key < $1.key }
  var chosen: Set<Identifier> = []
  var chosenGroups = 0
  for group in ordered where chosen.count + group.documents.count <= wanted && chosenGroups < groups.count - 1 {
    chosen.formUnion(group.documents)
    chosenGroups += 1
  }
  // Every group may be larger than what is wanted: the smallest one is the nearest.
  if chosen.isEmpty, let smallest = ordered.min(by: { $0.documents.count < $1.documents.count }) {
    chosen.formUnion(smallest.documents)
  }
  return chosen
}

private func splitKey(_ documents: [Identifier]) -> String {
  ContentHash(ofParts: ["split", documents.min()?.uuidString ?? ""]).hexadecimal
}

/// The documents of the samples, those together that share their text; linear in it.
private func documentGroups(of samples: [Sample], _ related: [(Identifier, Identifier)]) -> [[Identifier]] {
  var sentencesOf: [Identifier: Set<String>] = [:]
  for sample in samples {
    sentencesOf[sample.provenance.documentID, default: []].formUnion(longSentences(of: sample.answer))
  }
  let documents = sentencesOf.keys.sorted()
  var holders: [String: [Int]] = [:]
  for (index, document) in documents.enumerated() {
    for sentence in sentencesOf[document, default: []] { holders[sentence, default: []].append(index) }
  }
  var shared: [Pair: Int] = [:]
  // What stands in many documents is the author's formula, and would make the pairs too many.
  for held in holders.values where (2...8).contains(held.count) {
    for (position, first) in held.enumerated() {
      for second in held[(position + 1)...] { shared[Pair(first: first, second: second), default: 0] += 1 }
    }
  }
  var groups = DisjointSets(count: documents.count)
  for (pair, count) in shared {
    let smaller = min(
      sentencesOf[documents[pair.first], default: []].count, sentencesOf[documents[pair.second], default: []].count)
    if count >= 2, count * 5 >= smaller { groups.join(pair.first, pair.second) }
  }
  let numbers = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1, $0) })
  for (first, second) in related {
    if let first = numbers[first], let second = numbers[second] { groups.join(first, second) }
  }
  return groups.sets().map { $0.map { documents[$0] } }
}

private struct Pair: Hashable {
  var first: Int
  var second: Int
}

private func longSentences(of text: String) -> [String] {
  let bytes = Array(text.utf8)
  return sentenceRanges(bytes, 0..<bytes.count).map { normalized(String(decoding: bytes[$0], as: UTF8.self)) }
    .filter { $0.utf8.count >= 40 }
}
