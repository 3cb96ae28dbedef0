/// Divides a vector by its Euclidean length.
///
/// - Returns: false, with the vector as it was, if it has no direction: all zeros, or not all numbers.
func normalize(_ vector: inout [Float]) -> Bool {
  var squares: Double = 0
  for component in vector { squares += Double(component) * Double(component) }
  guard squares > 0, squares.isFinite else { return false }
  let scale = Float(1 / squares.squareRoot())
  for index in vector.indices { vector[index] *= scale }
  return true
}
