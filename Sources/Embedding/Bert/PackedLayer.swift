import CEncoderKernels

/// One encoder layer, packed for a precision.
struct PackedLayer: @unchecked Sendable {
  // Sendable since nobody writes; see `BertWeights`.

  var attentionInput: PackedLinear
  var attentionOutput: PackedLinear
  var attentionNormalization: BertWeights.Normalization
  var intermediate: PackedLinear
  var output: PackedLinear
  var outputNormalization: BertWeights.Normalization

  /// Packs a layer.
  ///
  /// With 8-bit integers the feed-forward output stays in bfloat16: its inputs have more outliers than any other's, and
  /// rounding it would double the error of the vectors (docs/embedding.md).
  ///
  /// - Parameters:
  ///   - peaks: needed for 8-bit integers.
  ///   - output: the feed-forward output, where it is packed already.
  init(_ layer: BertWeights.Layer, precision: Precision, peaks: Peaks? = nil, output: PackedLinear? = nil) {
    let (toAttention, toFloats): (PackedLinear.Numbers, PackedLinear.Numbers) =
      switch precision {
      case .f32: (.f32, .f32)
      case .bf16: (.bf16, .bf16ToF32)
      case .int8: (.int8, .int8)
      }
    attentionInput = PackedLinear(layer.attentionInput, as: toAttention, peaks: peaks?.attentionInput ?? [])
    attentionOutput = PackedLinear(layer.attentionOutput, as: toFloats, peaks: peaks?.attentionOutput ?? [])
    attentionNormalization = layer.attentionNormalization
    intermediate = PackedLinear(layer.intermediate, as: toFloats, peaks: peaks?.intermediate ?? [])
    self.output = output ?? PackedLinear(layer.output, as: precision == .f32 ? .f32 : .bf16ToF32)
    outputNormalization = layer.outputNormalization
  }

  /// The largest magnitudes seen of the inputs of a layer's products.
  struct Peaks: Sendable {
    var attentionInput: [Float]
    var attentionOutput: [Float]
    var intermediate: [Float]

    init(hidden: Int) {
      let zeros = [Float](repeating: 0, count: hidden)
      (attentionInput, attentionOutput, intermediate) = (zeros, zeros, zeros)
    }

    /// Raises all to those of others.
    mutating func raise(to others: Peaks) {
      for input in [\Peaks.attentionInput, \.attentionOutput, \.intermediate] {
        Peaks.raise(&self[keyPath: input], to: others[keyPath: input], count: 1)
      }
    }

    /// Raises peaks to what rows of numbers reach.
    static func raise(_ peaks: inout [Float], to rows: UnsafePointer<Float>, count: Int) {
      for row in 0..<count { twin_raise_peaks(rows + row * peaks.count, peaks.count, &peaks) }
    }
  }
}
