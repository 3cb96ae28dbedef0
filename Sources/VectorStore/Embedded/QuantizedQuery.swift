import CDotProducts

/// A query as 16-bit integers, and how far its products with quantized vectors may be from those of the vectors
/// themselves.
///
/// For a query q ≈ t·p and a vector v = s·c + r, with p and c integers, the product is
/// q·v = t·s·(p·c) + (q − t·p)·(s·c) + q·r. By Cauchy and Schwarz the last term is at most |q|·|r|, and the one before
/// it at most |q − t·p|·s·127·√d, since no code is larger than 127. Both together, and what rounding adds to either side,
/// bound the error (``errorPerResidual``, ``errorPerScale``); p·c itself is exact.
struct QuantizedQuery {
  let vector: [Float]
  /// p.
  let codes: [Int16]
  /// t.
  let scale: Float
  /// What the error is at most for each unit of a vector's residual: |q|.
  let errorPerResidual: Float
  /// What it is more for each unit of a vector's scale.
  let errorPerScale: Float
  /// The length of what comes after ``VectorBlock/headLength`` components.
  let tailLength: Float

  init(_ vector: [Float]) {
    self.vector = vector
    let dimension = Double(vector.count)
    // So small that no sum of products overflows 32 bits.
    let limit = Float(min(32_767, (2_147_483_647 / (127 * max(dimension, 1))).rounded(.down)))
    let largest = vector.reduce(0) { max($0, abs($1)) }
    let scale = largest / limit
    var (length, missing) = (0.0, 0.0)
    codes = vector.map { component in
      let code = scale > 0 ? max(-limit, min(limit, (component / scale).rounded())) : 0
      let difference = Double(component) - Double(scale) * Double(code)
      length += Double(component) * Double(component)
      missing += difference * difference
      return Int16(code)
    }
    self.scale = scale
    (length, missing) = (length.squareRoot(), missing.squareRoot())
    // A sum of d products in binary32 is within about d roundings of the true one (Higham, “Accuracy and Stability of
    // Numerical Algorithms”, 3.1); sixteen more are for the steps that give the approximate score and the bound.
    let rounding = (dimension + 16) * 0x1p-24
    errorPerResidual = Float(length * (1 + rounding)).nextUp
    errorPerScale = Float((missing + length * rounding) * 127 * dimension.squareRoot()).nextUp
    let tail = vector.dropFirst(VectorBlock.headLength).reduce(0.0) { $0 + Double($1) * Double($1) }
    tailLength = Float(tail.squareRoot() * (1 + rounding)).nextUp
  }

  /// Puts the products of the first `length` codes with those of the rows into `products`.
  ///
  /// - Parameter rows: as many as there are products, of as many codes as the query has, one after the other in memory.
  func multiply(
    _ rows: UnsafeBufferPointer<Int8>, first length: Int, into products: UnsafeMutableBufferPointer<Int32>
  ) {
    guard let rowsStart = rows.baseAddress, let productsStart = products.baseAddress else { return }
    if !twin_dot_products(codes, rowsStart, length, codes.count, products.count, productsStart) {
      multiplyPortably(rows, first: length, into: products)
    }
  }

  /// The same on any processor; the compiler makes of it what all of them can.
  func multiplyPortably(
    _ rows: UnsafeBufferPointer<Int8>, first length: Int, into products: UnsafeMutableBufferPointer<Int32>
  ) {
    codes.withUnsafeBufferPointer { query in
      var start = 0
      for row in products.indices {
        var sum: Int32 = 0
        for index in 0..<length { sum &+= Int32(query[index]) &* Int32(rows[start &+ index]) }
        products[row] = sum
        start &+= query.count
      }
    }
  }
}
