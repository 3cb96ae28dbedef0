import Domain
import Foundation

/// When two chunks say the same, and which of them stands for both.
///
/// The rule looks at nothing but the chunks themselves, so that it does not matter in which order they are stored. It goes
/// through them in their order (``Place``): a chunk is a duplicate if one that stands for itself comes before it and is
/// like it, and the first such chunk stands for it; any other stands for itself. So what is left out of a search is
/// always like something that is not, however many chunks are each a little unlike the one before.
enum DuplicateRule {
  /// The least cosine of the angle between the vectors of near duplicates.
  static let minimumCosine = 0.95
  /// The least overlap of their texts: the number of common shingles by the number of all (Jaccard's index).
  static let minimumOverlap = 0.8
  /// How many words make a shingle: A. Z. Broder, “On the resemblance and containment of documents”, SEQUENCES 1997.
  static let shingleLength = 3
  /// How many of the nearest chunks that stand for themselves are looked at. Of a chunk with more of them that are like
  /// it, the one that stands for it may not be the first.
  static let neighbours = 64

  /// Where a chunk comes in the order of the rule: earlier published before later, dated before undated, then the smaller
  /// identifier first.
  struct Place: Comparable, Sendable {
    var publishedAt: Date?
    var id: Identifier

    static func < (left: Place, right: Place) -> Bool {
      switch (left.publishedAt, right.publishedAt) {
      case (let first?, let second?) where first != second: first < second
      case (_?, nil): true
      case (nil, _?): false
      default: left.id < right.id
      }
    }
  }

  /// Whether texts whose vectors are alike say the same.
  static func overlap(_ left: Set<[String]>, _ right: Set<[String]>) -> Bool {
    let common = left.count < right.count ? left.count { right.contains($0) } : right.count { left.contains($0) }
    let all = left.count + right.count - common
    return all > 0 && Double(common) >= minimumOverlap * Double(all)
  }

  /// The shingles of a text: each run of ``shingleLength`` terms, or the whole text if it is shorter.
  static func shingles(of text: String) -> Set<[String]> {
    let terms = keywordTerms(of: text)
    guard terms.count > shingleLength else { return terms.isEmpty ? [] : [terms] }
    return Set((0...(terms.count - shingleLength)).map { Array(terms[$0..<($0 + shingleLength)]) })
  }
}
