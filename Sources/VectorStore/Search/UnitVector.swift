/// Why a vector has no angle to others that can be told; nil if it has one.
func flaw(of vector: [Float]) -> String? {
  let squares = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
  if !squares.isFinite { return "a component is not a finite number" }
  // Shorter ones have no 8-bit form whose scale is above zero.
  return squares < 1e-60 ? "all of its components are zero, or nearly so" : nil
}

/// Gives `vector` unit length, so that a dot product is the cosine of the angle; the length is summed in double
/// precision.
///
/// - Throws: ``VectorStoreError`` when the number of components is wrong, one is not finite, or all are zero.
func unitVector(
  _ vector: [Float], dimension: Int, of subject: @autoclosure () -> String
) throws -> [Float] {
  guard vector.count == dimension else {
    throw VectorStoreError.wrongDimension(of: subject(), expected: dimension, actual: vector.count)
  }
  var squares = 0.0
  for component in vector { squares += Double(component) * Double(component) }
  guard squares.isFinite else {
    throw VectorStoreError.unusableVector(of: subject(), reason: "a component is not a finite number")
  }
  guard squares > 0 else {
    throw VectorStoreError.unusableVector(of: subject(), reason: "all of its components are zero")
  }
  let scale = 1 / squares.squareRoot()
  return vector.map { Float(Double($0) * scale) }
}
