/// The weights of a BERT encoder: pointers into the mapped file, but for the fused attention inputs.
///
/// A weight matrix has a row per output and a column per input, as PyTorch's `Linear` has it.
final class BertWeights: @unchecked Sendable {
  // Sendable since nobody writes after `init`: the file is mapped read-only and `fused` is filled there.

  /// A matrix and what is added after it.
  struct Linear {
    var weight: UnsafePointer<Float>
    var bias: UnsafePointer<Float>
  }

  /// The gain and shift of a layer normalisation.
  struct Normalization {
    var gain: UnsafePointer<Float>
    var shift: UnsafePointer<Float>
  }

  /// One encoder layer.
  struct Layer {
    /// The inputs of attention: queries, already divided by the square root of the head size, keys and values.
    var attentionInput: Linear
    var attentionOutput: Linear
    var attentionNormalization: Normalization
    var intermediate: Linear
    var output: Linear
    var outputNormalization: Normalization
  }

  let words: UnsafePointer<Float>
  let positions: UnsafePointer<Float>
  let segment: UnsafePointer<Float>
  let normalization: Normalization
  let layers: [Layer]

  private let file: MappedFile
  private let fused: UnsafeMutablePointer<Float>

  /// Finds the tensors and checks their shapes.
  ///
  /// - Throws: ``EmbeddingError``.
  init(_ tensors: SafetensorsFile, configuration: BertConfiguration) throws {
    let hidden = configuration.hiddenSize
    file = tensors.file
    words = try tensors.floats(
      "embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, hidden])
    positions = try tensors.floats(
      "embeddings.position_embeddings.weight", shape: [configuration.positionCount, hidden])
    segment = try tensors.floats(
      "embeddings.token_type_embeddings.weight", shape: [configuration.segmentKindCount, hidden])
    normalization = try tensors.normalization("embeddings.LayerNorm", size: hidden)
    let named = try (0..<configuration.layerCount).map {
      try NamedLayer(tensors, prefix: "encoder.layer.\($0).", configuration: configuration)
    }
    let size = 3 * (hidden + 1) * hidden
    let fused = UnsafeMutablePointer<Float>.allocate(capacity: size * named.count)
    layers = named.enumerated().map { index, layer in
      layer.fused(into: fused + index * size, configuration: configuration)
    }
    self.fused = fused
  }

  deinit { fused.deallocate() }
}

/// A layer as the file has it, with queries, keys and values apart.
private struct NamedLayer {
  var attentionInputs: [BertWeights.Linear]
  var attentionOutput: BertWeights.Linear
  var attentionNormalization: BertWeights.Normalization
  var intermediate: BertWeights.Linear
  var output: BertWeights.Linear
  var outputNormalization: BertWeights.Normalization

  init(_ tensors: SafetensorsFile, prefix: String, configuration: BertConfiguration) throws {
    let hidden = configuration.hiddenSize
    let intermediateSize = configuration.intermediateSize
    attentionInputs = try ["query", "key", "value"].map {
      try tensors.linear(prefix + "attention.self." + $0, inputs: hidden, outputs: hidden)
    }
    attentionOutput = try tensors.linear(prefix + "attention.output.dense", inputs: hidden, outputs: hidden)
    attentionNormalization = try tensors.normalization(prefix + "attention.output.LayerNorm", size: hidden)
    intermediate = try tensors.linear(prefix + "intermediate.dense", inputs: hidden, outputs: intermediateSize)
    output = try tensors.linear(prefix + "output.dense", inputs: intermediateSize, outputs: hidden)
    outputNormalization = try tensors.normalization(prefix + "output.LayerNorm", size: hidden)
  }

  /// The layer with one matrix for queries, keys and values: one product instead of three, and no scaling of scores.
  ///
  /// - Parameter memory: room for three square matrices and their biases.
  func fused(into memory: UnsafeMutablePointer<Float>, configuration: BertConfiguration) -> BertWeights.Layer {
    let hidden = configuration.hiddenSize
    let biases = memory + 3 * hidden * hidden
    for (part, input) in attentionInputs.enumerated() {
      let scale = part == 0 ? 1 / Float(configuration.headSize).squareRoot() : 1
      copy(input.weight, times: scale, count: hidden * hidden, to: memory + part * hidden * hidden)
      copy(input.bias, times: scale, count: hidden, to: biases + part * hidden)
    }
    return BertWeights.Layer(
      attentionInput: .init(weight: UnsafePointer(memory), bias: UnsafePointer(biases)),
      attentionOutput: attentionOutput, attentionNormalization: attentionNormalization,
      intermediate: intermediate, output: output, outputNormalization: outputNormalization)
  }

  private func copy(
    _ source: UnsafePointer<Float>, times scale: Float, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count { (target + index).initialize(to: source[index] * scale) }
  }
}

extension SafetensorsFile {
  fileprivate func linear(_ name: String, inputs: Int, outputs: Int) throws -> BertWeights.Linear {
    .init(
      weight: try floats(name + ".weight", shape: [outputs, inputs]),
      bias: try floats(name + ".bias", shape: [outputs]))
  }

  fileprivate func normalization(_ name: String, size: Int) throws -> BertWeights.Normalization {
    .init(gain: try floats(name + ".weight", shape: [size]), shift: try floats(name + ".bias", shape: [size]))
  }
}
