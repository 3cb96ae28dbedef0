/// Rounds weights to 8-bit integers, each output with a scale of its own, and moves what is uneven about the inputs into
/// them: inputs are divided by `peak^½ / weight^½` and weights multiplied by it, so that both are equally hard to round
/// (Xiao et al., "SmoothQuant", 2022, with α = ½).
///
/// - Parameters:
///   - peaks: the largest magnitude expected of each input.
///   - integers: room for the weights, a row per output.
func quantize(
  _ layer: LinearLayer, peaks: [Float], to integers: UnsafeMutablePointer<Int8>
) -> PackedLinear.Quantization {
  let inputs = layer.inputs
  let outputs = layer.outputs
  let floats = AlignedMemory(byteCount: inputs * outputs * 4)
  let weights = floats.numbers(Float.self)
  layer.copyWeights(to: weights)
  var largest = [Float](repeating: 1e-5, count: inputs)
  for output in 0..<outputs {
    let row = weights + output * inputs
    for input in 0..<inputs { largest[input] = max(largest[input], row[input].magnitude) }
  }
  let quantization = PackedLinear.Quantization(
    smoothing: AlignedMemory(byteCount: inputs * 4), scales: AlignedMemory(byteCount: outputs * 4),
    sums: AlignedMemory(byteCount: outputs * 4))
  let smoothing = quantization.smoothing.numbers(Float.self)
  let factors = zip(peaks, largest).map { (max($0, 1e-4) / $1).squareRoot() }
  for input in 0..<inputs { smoothing[input] = 1 / factors[input] }
  for output in 0..<outputs {
    let row = weights + output * inputs
    var most: Float = 0
    var areNumbers = true
    for input in 0..<inputs {
      row[input] *= factors[input]
      most = max(most, row[input].magnitude)
      areNumbers = areNumbers && row[input].isFinite
    }
    let isUsual = most > 0 && areNumbers
    let inverse = isUsual ? 127 / most : 0
    var sum: Int32 = 0
    for input in 0..<inputs {
      let rounded = isUsual ? Int8((row[input] * inverse).rounded()) : 0
      integers[output * inputs + input] = rounded
      sum += Int32(rounded)
    }
    quantization.sums.numbers(Int32.self)[output] = sum
    // Outputs of weights that are not numbers are not numbers either.
    quantization.scales.numbers(Float.self)[output] = areNumbers ? most / 127 : .nan
  }
  return quantization
}
