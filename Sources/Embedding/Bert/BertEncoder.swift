import CEncoderKernels
import COneDNN
import Foundation
import Synchronization

/// The encoder of Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers" (2018), with the mean of its
/// last layer's token vectors, or the vector of the first token, as the vector of a text, as Sentence-BERT has it (Reimers
/// and Gurevych, 2019).
///
/// A group of texts lies in memory row after row without padding: the matrix products are over all rows at once, attention
/// is text by text.
final class BertEncoder: Sendable {
  let configuration: BertConfiguration
  let precision: Precision
  private let weights: BertWeights
  private let layers: [PackedLayer]
  private let idle = Mutex<[EncoderWorker]>([])

  /// Packs the weights, on all cores.
  ///
  /// - Parameters:
  ///   - peaks: those of each layer, for 8-bit integers.
  ///   - outputs: the feed-forward outputs of the layers, where they are packed already.
  init(
    configuration: BertConfiguration, weights: BertWeights, precision: Precision, peaks: [PackedLayer.Peaks] = [],
    outputs: [PackedLinear] = []
  ) {
    self.configuration = configuration
    self.precision = precision
    self.weights = weights
    let packed = Mutex([PackedLayer?](repeating: nil, count: weights.layers.count))
    DispatchQueue.concurrentPerform(iterations: weights.layers.count) { index in
      let layer = OneDNN.withThreads(1) {
        PackedLayer(
          weights.layers[index], precision: precision, peaks: peaks.isEmpty ? nil : peaks[index],
          output: outputs.isEmpty ? nil : outputs[index])
      }
      packed.withLock { $0[index] = layer }
    }
    layers = packed.withLock { $0.compactMap(\.self) }
  }

  /// Packs the weights as 8-bit integers, after a look at what `texts` bring about in bfloat16.
  ///
  /// - Parameter texts: as in ``vectors(of:threads:_:)``.
  convenience init(configuration: BertConfiguration, weights: BertWeights, calibratedBy texts: [[Int32]]) {
    let exact = BertEncoder(configuration: configuration, weights: weights, precision: .bf16)
    self.init(
      configuration: configuration, weights: weights, precision: .int8, peaks: exact.peaks(over: texts),
      outputs: exact.layers.map(\.output))
  }

  /// The vectors of `texts`, not yet of length one; none after `cancellation`, which is asked before each layer.
  ///
  /// - Parameters:
  ///   - texts: token numbers with the special tokens: none empty, none longer than the positions of the model,
  ///     no number outside the vocabulary.
  ///   - threads: how many share each product; more than one pays for a group that is alone.
  func vectors(of texts: [[Int32]], threads: Int = 1, _ cancellation: ComputeQueue.Cancellation) -> [[Float]] {
    let group = TextGroup(texts)
    let worker = takeWorker(rows: group.rows)
    defer { idle.withLock { $0.append(worker) } }
    worker.perform(rows: group.rows, threads: threads) {
      encode(group, by: worker) { !cancellation.isCancelled }
    }
    if cancellation.isCancelled { return [] }
    let states = worker.workspace.states
    return texts.indices.map { pooled(states, rows: group.starts[$0]..<group.starts[$0 + 1]) }
  }

  /// The largest magnitudes of what the products of each layer read, over `texts`, each of which one core computes: the
  /// same whichever is done first.
  private func peaks(over texts: [[Int32]]) -> [PackedLayer.Peaks] {
    let none = layers.map { _ in PackedLayer.Peaks(hidden: configuration.hiddenSize) }
    let all = Mutex(none)
    DispatchQueue.concurrentPerform(iterations: texts.count) { text in
      var peaks = none
      let group = TextGroup([texts[text]])
      let worker = takeWorker(rows: group.rows)
      worker.perform(rows: group.rows, threads: 1) {
        encode(group, by: worker) {
          true
        } observe: { layer, input, rows, count in
          PackedLayer.Peaks.raise(&peaks[layer][keyPath: input], to: rows, count: count)
        }
      }
      all.withLock { for layer in none.indices { $0[layer].raise(to: peaks[layer]) } }
    }
    return all.withLock(\.self)
  }

  private func takeWorker(rows: Int) -> EncoderWorker {
    idle.withLock { $0.popLast() } ?? EncoderWorker(rows: rows, configuration: configuration, precision: precision)
  }

  /// Takes a group through all layers.
  ///
  /// - Parameters:
  ///   - goesOn: is asked before each layer.
  ///   - observe: is told the layer, which input of it, and the rows of floats that are read.
  private func encode(
    _ group: TextGroup, by worker: EncoderWorker, while goesOn: () -> Bool,
    observe: ((Int, WritableKeyPath<PackedLayer.Peaks, [Float]>, UnsafePointer<Float>, Int) -> Void)? = nil
  ) {
    let workspace = worker.workspace
    let hidden = configuration.hiddenSize
    let blocks = (0..<group.rows).blocks(of: EncoderWorker.blockSize)
    embedTokens(of: group, in: workspace.states)
    for (index, layer) in layers.enumerated() {
      guard goesOn() else { return }
      for block in blocks {
        let states = workspace.states + block.lowerBound * hidden
        observe?(index, \.attentionInput, states, block.count)
        worker.project(
          states, rows: block.count, by: layer.attentionInput,
          to: workspace.attentionInputs[block.lowerBound * 3 * hidden * precision.attentionBytes])
      }
      attend(group, by: worker)
      for block in blocks {
        let context = workspace.context[block.lowerBound * hidden * precision.attentionBytes]
        let states = workspace.states + block.lowerBound * hidden
        if let observe {
          observe(index, \.attentionOutput, worker.floats(of: context, rows: block.count), block.count)
        }
        worker.finish(layer, context: context, states: states, rows: block.count) {
          observe?(index, \.intermediate, states, block.count)
        }
      }
    }
  }

  /// The first layer's input: the sum of the vectors of token, position and segment, normalised.
  private func embedTokens(of group: TextGroup, in states: UnsafeMutablePointer<Float>) {
    let hidden = configuration.hiddenSize
    for (text, start) in zip(group.texts, group.starts) {
      for (position, token) in text.enumerated() {
        let state = states + (start + position) * hidden
        let word = weights.words + Int(token) * hidden
        for index in 0..<hidden { state[index] = word[index] + weights.segment[index] }
        twin_add_normalize(
          state, weights.positions + position * hidden, weights.normalization.gain, weights.normalization.shift,
          configuration.epsilon, hidden, state)
      }
    }
  }

  /// All heads of all texts.
  private func attend(_ group: TextGroup, by worker: EncoderWorker) {
    let workspace = worker.workspace
    let hidden = configuration.hiddenSize
    let bytes = precision.attentionBytes
    for (text, start) in zip(group.texts, group.starts) {
      for head in 0..<configuration.headCount {
        let offset = head * configuration.headSize
        worker.attend(
          twin_attention_head(
            inputs: workspace.attentionInputs[(start * 3 * hidden + offset) * bytes],
            outputs: workspace.context[(start * hidden + offset) * bytes], input_stride: 3 * hidden,
            output_stride: hidden, hidden: hidden, head_size: configuration.headSize, length: text.count,
            scratch: nil))
      }
    }
  }

  private func pooled(_ states: UnsafePointer<Float>, rows: Range<Int>) -> [Float] {
    let hidden = configuration.hiddenSize
    let first = UnsafeBufferPointer(start: states + rows.lowerBound * hidden, count: hidden)
    guard configuration.pooling == .mean else { return Array(first) }
    var mean = [Float](repeating: 0, count: hidden)
    for row in rows {
      let state = states + row * hidden
      for index in 0..<hidden { mean[index] += state[index] }
    }
    for index in 0..<hidden { mean[index] /= Float(rows.count) }
    return mean
  }
}

extension Range<Int> {
  /// The range in pieces of `size`; the last may be shorter.
  fileprivate func blocks(of size: Int) -> some Sequence<Range<Int>> {
    stride(from: lowerBound, to: upperBound, by: size).lazy.map { $0..<Swift.min($0 + size, upperBound) }
  }
}
