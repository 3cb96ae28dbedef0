/// The cosine of the angle between two vectors.
func cosine(_ left: [Float], _ right: [Float]) -> Double {
  var dot = 0.0
  var leftSquares = 0.0
  var rightSquares = 0.0
  for (a, b) in zip(left, right) {
    dot += Double(a) * Double(b)
    leftSquares += Double(a) * Double(a)
    rightSquares += Double(b) * Double(b)
  }
  return dot / (leftSquares * rightSquares).squareRoot()
}
