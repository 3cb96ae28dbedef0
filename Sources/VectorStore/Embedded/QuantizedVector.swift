/// A vector as 8-bit integers: `scale` times a code is about a component.
struct QuantizedVector: Equatable {
  /// From -127 to 127.
  let codes: [Int8]
  /// The largest component by amount is 127 times this; above zero unless all components are zero.
  let scale: Float
  /// The length of what is missing, the vector less `scale` times the codes; rounded up, so that it is never too small.
  let residual: Float

  /// The same vector always has the same codes.
  init(_ vector: UnsafeBufferPointer<Float>) {
    var largest: Float = 0
    for component in vector { largest = max(largest, abs(component)) }
    let scale = largest / 127
    guard scale > 0, scale.isFinite else {
      self.init(codes: [Int8](repeating: 0, count: vector.count), scale: 0, residual: 0)
      return
    }
    let codes = [Int8](unsafeUninitializedCapacity: vector.count) { codes, count in
      for index in 0..<vector.count {
        let code = max(-127, min(127, Self.rounded(vector[index] / scale)))
        codes[index] = Int8(truncatingIfNeeded: Int32(code))
      }
      count = vector.count
    }
    let squares = sumOfSquares(count: vector.count) { Double(vector[$0]) - Double(scale) * Double(codes[$0]) }
    self.init(codes: codes, scale: scale, residual: Float(squares.squareRoot()).nextUp)
  }

  /// The nearest integer of a number below 2²², to even where two are as near: what is added leaves no bits for a fraction
  /// (Hacker's Delight, 2nd edition, 17-5). Other ways to round are a call of the C library for each component.
  private static func rounded(_ number: Float) -> Float { (number + 0x1.8p23) - 0x1.8p23 }

  /// Whether it is of a vector that has a length, all of whose components are finite: only such a one can be compared, and
  /// told from a place where none is.
  var isUsable: Bool { scale > 0 && residual.isFinite }

  init(codes: [Int8], scale: Float, residual: Float) {
    self.codes = codes
    self.scale = scale
    self.residual = residual
  }
}
