/// Why a vector has no angle to others that can be told; nil if it has one.
func flaw(of vector: [Float]) -> String? {
  let squares = sumOfSquares(count: vector.count) { Double(vector[$0]) }
  if !squares.isFinite { return "a component is not a finite number" }
  // Shorter ones have no 8-bit form whose scale is above zero.
  return squares < 1e-60 ? "all of its components are zero, or nearly so" : nil
}

/// Gives `vector` unit length, so that a dot product is the cosine of the angle; the length is summed in double
/// precision. One whose length is 1 but for rounding stays as it is, so that a copy of what was stored is the same.
///
/// - Throws: ``VectorStoreError`` when the number of components is wrong, one is not finite, or all are zero.
func unitVector(
  _ vector: [Float], dimension: Int, of subject: @autoclosure () -> String
) throws -> [Float] {
  guard vector.count == dimension else {
    throw VectorStoreError.wrongDimension(of: subject(), expected: dimension, actual: vector.count)
  }
  let squares = sumOfSquares(count: vector.count) { Double(vector[$0]) }
  guard squares.isFinite else {
    throw VectorStoreError.unusableVector(of: subject(), reason: "a component is not a finite number")
  }
  guard squares > 0 else {
    throw VectorStoreError.unusableVector(of: subject(), reason: "all of its components are zero")
  }
  // What a length in binary32 is off by: a few roundings of 2⁻²⁴ each.
  if abs(squares - 1) < 0x1p-21 { return vector }
  let scale = 1 / squares.squareRoot()
  return vector.map { Float(Double($0) * scale) }
}

/// The sum of the squares of `count` numbers, in four sums: each addition would wait for the one before it otherwise.
@inline(__always)
func sumOfSquares(count: Int, _ number: (Int) -> Double) -> Double {
  var sums = SIMD4<Double>.zero
  var index = 0
  while index + 4 <= count {
    let some = SIMD4(number(index), number(index + 1), number(index + 2), number(index + 3))
    sums += some * some
    index += 4
  }
  return (index..<count).reduce(sums.sum()) { $0 + number($1) * number($1) }
}
