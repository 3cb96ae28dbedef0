import COpenBLAS

/// The encoder of Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers" (2018), with the mean of its
/// last layer's token vectors as the vector of a text, as Sentence-BERT has it (Reimers and Gurevych, 2019).
///
/// A group of texts lies in memory row after row without padding: the matrix products are over all rows at once, attention
/// is text by text.
struct BertEncoder: Sendable {
  /// Evaluated once, before the first product.
  private static let preparedBLAS: Void = twin_openblas_prepare()

  let configuration: BertConfiguration
  let weights: BertWeights

  /// The mean vectors of `texts`, not yet of length one; none after `cancellation`, which is asked before each layer.
  ///
  /// - Parameter texts: token numbers with the special tokens: none empty, none longer than the positions of the model,
  ///   no number outside the vocabulary.
  func meanVectors(of texts: [[Int32]], _ cancellation: ComputeQueue.Cancellation) -> [[Float]] {
    _ = Self.preparedBLAS
    let starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    let rows = starts[texts.count]
    let longest = texts.map(\.count).max() ?? 0
    let memory = Workspace(rows: rows, longest: longest, configuration: configuration)
    embedTokens(of: texts, in: memory.states)
    for layer in weights.layers {
      if cancellation.isCancelled { return [] }
      attend(layer, texts: texts, starts: starts, in: memory)
      feedForward(layer, rows: rows, in: memory)
    }
    return texts.indices.map { mean(of: memory.states, rows: starts[$0]..<starts[$0 + 1]) }
  }

  /// The first layer's input: the sum of the vectors of token, position and segment, normalised.
  private func embedTokens(of texts: [[Int32]], in states: UnsafeMutablePointer<Float>) {
    let hidden = configuration.hiddenSize
    var row = states
    for text in texts {
      for (position, token) in text.enumerated() {
        let word = weights.words + Int(token) * hidden
        let place = weights.positions + position * hidden
        for index in 0..<hidden { row[index] = word[index] + place[index] + weights.segment[index] }
        normalize(row, count: hidden, by: weights.normalization, epsilon: configuration.epsilon)
        row += hidden
      }
    }
  }

  private func attend(_ layer: BertWeights.Layer, texts: [[Int32]], starts: [Int], in memory: borrowing Workspace) {
    let hidden = configuration.hiddenSize
    let rows = starts[texts.count]
    apply(
      layer.attentionInput, to: memory.states, rows: rows, inputs: hidden, outputs: 3 * hidden,
      output: memory.wide)
    for (text, start) in zip(texts, starts) {
      for head in 0..<configuration.headCount {
        let offset = head * configuration.headSize
        attend(
          length: text.count, inputs: memory.wide + start * 3 * hidden + offset, scores: memory.scores,
          output: memory.context + start * hidden + offset)
      }
    }
    apply(
      layer.attentionOutput, to: memory.context, rows: rows, inputs: hidden, outputs: hidden,
      output: memory.update)
    addAndNormalize(memory, rows: rows, by: layer.attentionNormalization)
  }

  /// One head of one text: `softmax(queries × keysᵀ) × values`.
  ///
  /// - Parameters:
  ///   - inputs: the head's first query; its key and value are one and two hidden sizes further on.
  ///   - scores: room for `length` × `length` numbers.
  private func attend(
    length: Int, inputs: UnsafePointer<Float>, scores: UnsafeMutablePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    let count = Int32(length)
    let size = Int32(configuration.headSize)
    let hidden = configuration.hiddenSize
    let stride = Int32(3 * hidden)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, count, count, size, 1, inputs, stride, inputs + hidden, stride, 0,
      scores, count)
    for row in 0..<length { softmax(scores + row * length, count: length) }
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, count, size, count, 1, scores, count, inputs + 2 * hidden, stride, 0,
      output, Int32(hidden))
  }

  private func feedForward(_ layer: BertWeights.Layer, rows: Int, in memory: borrowing Workspace) {
    let hidden = configuration.hiddenSize
    let inner = configuration.intermediateSize
    apply(layer.intermediate, to: memory.states, rows: rows, inputs: hidden, outputs: inner, output: memory.wide)
    applyGELU(memory.wide, count: rows * inner)
    apply(layer.output, to: memory.wide, rows: rows, inputs: inner, outputs: hidden, output: memory.update)
    addAndNormalize(memory, rows: rows, by: layer.outputNormalization)
  }

  private func addAndNormalize(_ memory: borrowing Workspace, rows: Int, by normalization: BertWeights.Normalization) {
    let hidden = configuration.hiddenSize
    for row in 0..<rows {
      let state = memory.states + row * hidden
      let update = memory.update + row * hidden
      for index in 0..<hidden { state[index] += update[index] }
      normalize(state, count: hidden, by: normalization, epsilon: configuration.epsilon)
    }
  }

  private func mean(of states: UnsafePointer<Float>, rows: Range<Int>) -> [Float] {
    let hidden = configuration.hiddenSize
    var mean = [Float](repeating: 0, count: hidden)
    for row in rows {
      let state = states + row * hidden
      for index in 0..<hidden { mean[index] += state[index] }
    }
    for index in 0..<hidden { mean[index] /= Float(rows.count) }
    return mean
  }
}
