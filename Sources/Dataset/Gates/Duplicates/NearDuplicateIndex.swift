/// Texts that were kept, to be asked whether another one is nearly one of them.
///
/// A text is only ever compared with texts that were kept, so that a chain, each of whose members resembles the next one,
/// does not make one cluster of all: what is left out resembles the one that stays by the threshold itself.
struct NearDuplicateIndex {
  /// How many words in a row are compared.
  static let gramLength = 3

  private let threshold: Double
  private let hash = MinHash()
  private var kept: [Set<UInt64>] = []
  private var buckets: [UInt64: [Int]] = [:]

  /// - Parameter threshold: the Jaccard similarity of the runs of three words from which two texts are the same.
  init(threshold: Double) { self.threshold = threshold }

  /// The runs of three words of a text.
  static func grams(_ text: String) -> Set<UInt64> { Set(wordGrams(normalizedWords(text), gramLength)) }

  /// The kept text that resembles this one most, the first of several; nil when none does by the threshold.
  func match(_ grams: Set<UInt64>) -> (index: Int, similarity: Double)? {
    guard !grams.isEmpty else { return nil }
    var seen: Set<Int> = []
    var best: (index: Int, similarity: Double)?
    for band in hash.bands(of: grams) {
      for index in buckets[band] ?? [] where seen.insert(index).inserted {
        let similarity = jaccard(grams, kept[index])
        guard similarity >= threshold else { continue }
        if similarity > best?.similarity ?? 0 || similarity == best?.similarity && index < best?.index ?? .max {
          best = (index, similarity)
        }
      }
    }
    return best
  }

  /// Keeps a text under the next number, from 0.
  mutating func insert(_ grams: Set<UInt64>) {
    let index = kept.count
    kept.append(grams)
    guard !grams.isEmpty else { return }
    for band in hash.bands(of: grams) { buckets[band, default: []].append(index) }
  }
}
