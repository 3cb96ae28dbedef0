import Foundation

/// The weights of a BERT encoder as its file has them: pointers into the mapped file.
struct BertWeights: @unchecked Sendable {
  // Sendable since the file is mapped read-only, and lives as long as `file` does.

  /// The gain and shift of a layer normalisation.
  struct Normalization {
    var gain: UnsafePointer<Float>
    var shift: UnsafePointer<Float>
  }

  /// One encoder layer.
  struct Layer {
    /// The inputs of attention: queries, to be divided by the square root of the head size and multiplied by log₂ e, since
    /// attention takes powers of 2; keys and values.
    var attentionInput: LinearLayer
    var attentionOutput: LinearLayer
    var attentionNormalization: Normalization
    var intermediate: LinearLayer
    var output: LinearLayer
    var outputNormalization: Normalization
  }

  let words: UnsafePointer<Float>
  let positions: UnsafePointer<Float>
  let segment: UnsafePointer<Float>
  let normalization: Normalization
  let layers: [Layer]
  let file: MappedFile

  /// Finds the tensors and checks their shapes.
  ///
  /// - Throws: ``EmbeddingError``.
  init(_ tensors: SafetensorsFile, configuration: BertConfiguration) throws {
    let hidden = configuration.hiddenSize
    file = tensors.file
    // Files of BERT with a head for training have the encoder's tensors below a name of their own.
    let prefix = tensors.hasTensor("bert.embeddings.word_embeddings.weight") ? "bert." : ""
    words = try tensors.floats(
      prefix + "embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, hidden])
    positions = try tensors.floats(
      prefix + "embeddings.position_embeddings.weight", shape: [configuration.positionCount, hidden])
    segment = try tensors.floats(
      prefix + "embeddings.token_type_embeddings.weight", shape: [configuration.segmentKindCount, hidden])
    normalization = try tensors.normalization(prefix + "embeddings.LayerNorm", size: hidden)
    layers = try (0..<configuration.layerCount).map {
      try Layer(tensors, prefix: prefix + "encoder.layer.\($0).", configuration: configuration)
    }
  }
}

extension BertWeights.Layer {
  fileprivate init(_ tensors: SafetensorsFile, prefix: String, configuration: BertConfiguration) throws {
    let hidden = configuration.hiddenSize
    let intermediateSize = configuration.intermediateSize
    var inputs = try ["query", "key", "value"].map {
      try tensors.linear(prefix + "attention.self." + $0, inputs: hidden, outputs: hidden)
    }
    inputs[0].scale = Float(log2(M_E) / Double(configuration.headSize).squareRoot())
    attentionInput = LinearLayer(parts: inputs, inputs: hidden, outputsOfPart: hidden)
    func layer(_ name: String, inputs: Int, outputs: Int) throws -> LinearLayer {
      LinearLayer(
        parts: [try tensors.linear(prefix + name, inputs: inputs, outputs: outputs)], inputs: inputs,
        outputsOfPart: outputs)
    }
    attentionOutput = try layer("attention.output.dense", inputs: hidden, outputs: hidden)
    attentionNormalization = try tensors.normalization(prefix + "attention.output.LayerNorm", size: hidden)
    intermediate = try layer("intermediate.dense", inputs: hidden, outputs: intermediateSize)
    output = try layer("output.dense", inputs: intermediateSize, outputs: hidden)
    outputNormalization = try tensors.normalization(prefix + "output.LayerNorm", size: hidden)
  }
}

extension SafetensorsFile {
  fileprivate func linear(_ name: String, inputs: Int, outputs: Int) throws -> LinearLayer.Part {
    .init(
      weights: try floats(name + ".weight", shape: [outputs, inputs]),
      bias: try floats(name + ".bias", shape: [outputs]))
  }

  fileprivate func normalization(_ name: String, size: Int) throws -> BertWeights.Normalization {
    .init(gain: try floats(name + ".weight", shape: [size]), shift: try floats(name + ".bias", shape: [size]))
  }
}
