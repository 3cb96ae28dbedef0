import COpenBLAS

// The arithmetic of the encoder on rows of floats. Elementwise loops are plain, so that the compiler makes vector
// instructions of them and debug builds stay usable. Of BLAS only the products are used: the `cblas_ssum` of OpenBLAS
// 0.3.21 gives wrong sums on processors with AVX-512.

/// `output = input × weightᵀ + bias`, for matrices in row-major order.
///
/// - Parameters:
///   - input: `rows` × `inputs`.
///   - output: `rows` × `outputs`, initialised here.
func apply(
  _ linear: BertWeights.Linear, to input: UnsafePointer<Float>, rows: Int, inputs: Int, outputs: Int,
  output: UnsafeMutablePointer<Float>
) {
  for row in 0..<rows { (output + row * outputs).update(from: linear.bias, count: outputs) }
  cblas_sgemm(
    CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(outputs), Int32(inputs), 1, input, Int32(inputs),
    linear.weight, Int32(inputs), 1, output, Int32(outputs))
}

/// Normalises a row to mean 0 and variance 1, then applies gain and shift (Ba et al., "Layer Normalization", 2016).
func normalize(
  _ row: UnsafeMutablePointer<Float>, count: Int, by normalization: BertWeights.Normalization, epsilon: Float
) {
  let mean = sum(of: row, count: count) / Float(count)
  for index in 0..<count { row[index] -= mean }
  let variance = cblas_sdot(Int32(count), row, 1, row, 1) / Float(count)
  let scale = 1 / (variance + epsilon).squareRoot()
  for index in 0..<count { row[index] = row[index] * scale * normalization.gain[index] + normalization.shift[index] }
}

/// Makes scores to weights that are positive and sum to one.
func softmax(_ row: UnsafeMutablePointer<Float>, count: Int) {
  let maximum = maximum(of: row, count: count)
  for index in 0..<count { row[index] = exponential(row[index] - maximum) }
  let scale = 1 / sum(of: row, count: count)
  for index in 0..<count { row[index] *= scale }
}

/// The Gaussian error linear unit, `x/2 (1 + erf(x/√2))` (Hendrycks and Gimpel, 2016), of each component.
///
/// erf is Abramowitz and Stegun's formula 7.1.26, which is off by at most 1.5e-7.
func applyGELU(_ values: UnsafeMutablePointer<Float>, count: Int) {
  for index in 0..<count {
    let x = values[index]
    let z = x.magnitude * 0.707_106_78
    let t = 1 / (1 + 0.327_591_1 * z)
    var polynomial: Float = 1.061_405_429
    polynomial = polynomial * t - 1.453_152_027
    polynomial = polynomial * t + 1.421_413_741
    polynomial = polynomial * t - 0.284_496_736
    polynomial = polynomial * t + 0.254_829_592
    let error = 1 - polynomial * t * exponential(-z * z)
    values[index] = 0.5 * (x + x.magnitude * error)
  }
}

/// e to the power of `x`, which is taken as -87 or 88 if it is beyond them; off by less than one unit in the last place.
///
/// The method and the coefficients are those of `expf` in Moshier's Cephes library: `x = n ln 2 + r`, a polynomial for
/// the remainder `r`, and `n` added to the exponent's bits. Adding 1.5 * 2^23 rounds to an integer, which then stands in
/// the low bits.
@inline(__always)
func exponential(_ x: Float) -> Float {
  let below = x > 88 ? 88 : x
  let x = below < -87 ? -87 : below
  let shifted = x * 1.442_695_04 + 12_582_912
  let n = shifted - 12_582_912
  let r = x - n * 0.693_359_375 + n * 2.121_944_4e-4
  var polynomial: Float = 1.987_569_15e-4
  polynomial = polynomial * r + 1.398_199_950_7e-3
  polynomial = polynomial * r + 8.333_451_907_3e-3
  polynomial = polynomial * r + 4.166_579_589_4e-2
  polynomial = polynomial * r + 1.666_666_545_9e-1
  polynomial = polynomial * r + 5.000_000_120_1e-1
  let mantissa = polynomial * r * r + r + 1
  return Float(bitPattern: mantissa.bitPattern &+ (shifted.bitPattern &<< 23))
}

/// The sum of the components of a row.
func sum(of row: UnsafePointer<Float>, count: Int) -> Float {
  let blocks = count / 16 * 16
  var lanes = SIMD16<Float>.zero
  for index in stride(from: 0, to: blocks, by: 16) { lanes += block(row + index) }
  var sum = lanes.sum()
  for index in blocks..<count { sum += row[index] }
  return sum
}

/// The largest component of a row that is not empty.
func maximum(of row: UnsafePointer<Float>, count: Int) -> Float {
  let blocks = count / 16 * 16
  var maximum = row[0]
  if blocks > 0 {
    var lanes = block(row)
    for index in stride(from: 16, to: blocks, by: 16) {
      let next = block(row + index)
      // `pointwiseMax` is compiled to scalar code.
      lanes.replace(with: next, where: next .> lanes)
    }
    maximum = lanes.max()
  }
  for index in blocks..<count where row[index] > maximum { maximum = row[index] }
  return maximum
}

private func block(_ pointer: UnsafePointer<Float>) -> SIMD16<Float> {
  UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<Float>.self)
}
