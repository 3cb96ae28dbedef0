/// Signatures by which similar sets of words can be found without comparing all with all.
///
/// MinHash (Broder, "On the resemblance and containment of documents", 1997): two sets have an equal minimum under a
/// random order with the probability of their Jaccard similarity. Of 128 minima, 32 bands of 4 each must agree in one
/// band for two sets to be compared (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", section 3.4): pairs with
/// a similarity of 0.8 are missed once in 20 million, with 0.5 once in 8. What is found is always compared exactly.
struct MinHash: Sendable {
  static let bandCount = 32
  static let rowCount = 4
  /// Chosen once; equal seeds give equal signatures on every machine.
  static let seed: UInt64 = 0x7477_696E_2D64_7331

  private let multipliers: [UInt64]
  private let summands: [UInt64]

  init() {
    var state = Self.seed
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return mixed(state)
    }
    let count = Self.bandCount * Self.rowCount
    multipliers = (0..<count).map { _ in next() | 1 }
    summands = (0..<count).map { _ in next() }
  }

  /// The keys of the bands of a set that is not empty.
  ///
  /// Each order is `(a * x + b) mod 2^64`, whose upper half is compared (Dietzfelbinger et al., "A reliable randomized
  /// algorithm for the closest-pair problem", 1997).
  func bands(of grams: Set<UInt64>) -> [UInt64] {
    var minima = [UInt64](repeating: .max, count: multipliers.count)
    for gram in grams {
      for index in multipliers.indices {
        let value = (multipliers[index] &* gram &+ summands[index]) >> 32
        if value < minima[index] { minima[index] = value }
      }
    }
    return (0..<Self.bandCount).map { band in
      minima[(band * Self.rowCount)..<((band + 1) * Self.rowCount)].reduce(UInt64(band)) { mixed($0 ^ $1 &+ 1) }
    }
  }
}

/// The Jaccard similarity: what two sets share of all that they have; of two empty sets 1.
func jaccard(_ left: Set<UInt64>, _ right: Set<UInt64>) -> Double {
  if left.isEmpty && right.isEmpty { return 1 }
  let (small, large) = left.count < right.count ? (left, right) : (right, left)
  let shared = small.count { large.contains($0) }
  return Double(shared) / Double(left.count + right.count - shared)
}
