import CEncoderKernels

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
  let quantization = PackedLinear.Quantization(
    smoothing: AlignedMemory(byteCount: inputs * 4), scales: AlignedMemory(byteCount: layer.outputs * 4),
    sums: AlignedMemory(byteCount: layer.outputs * 4))
  let smoothing = quantization.smoothing.numbers(Float.self)
  let scales = quantization.scales.numbers(Float.self)
  let sums = quantization.sums.numbers(Int32.self)
  layer.withWeights { weights in
    var largest = [Float](repeating: 1e-5, count: inputs)
    for output in 0..<layer.outputs { twin_raise_peaks(weights + output * inputs, inputs, &largest) }
    let factors = zip(peaks, largest).map { (max($0, 1e-4) / $1).squareRoot() }
    for input in 0..<inputs { smoothing[input] = 1 / factors[input] }
    for output in 0..<layer.outputs {
      scales[output] = twin_quantize_s8(
        weights + output * inputs, factors, inputs, integers + output * inputs, sums + output)
    }
  }
  return quantization
}
