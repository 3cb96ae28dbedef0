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
  /// The fewest rows that a thread of its own pays for.
  private static let fewestRows = 4

  let configuration: BertConfiguration
  let precision: Precision
  private let weights: BertWeights
  private let layers: [PackedLayer]
  private let idle = Mutex<[Team]>([])

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
      twin_onednn_use_calling_thread()
      let layer = PackedLayer(
        weights.layers[index], precision: precision, peaks: peaks.isEmpty ? nil : peaks[index],
        output: outputs.isEmpty ? nil : outputs[index])
      packed.withLock { $0[index] = layer }
    }
    layers = packed.withLock { $0.compactMap(\.self) }
  }

  /// Packs the weights as 8-bit integers, after a look at what `texts` bring about in bfloat16.
  ///
  /// - Parameter texts: as in ``vectors(of:members:_:)``.
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
  ///   - members: how many threads share the rows; more than one pays for a group that is alone.
  func vectors(of texts: [[Int32]], members: Int = 1, _ cancellation: ComputeQueue.Cancellation) -> [[Float]] {
    let group = TextGroup(texts)
    let members = max(1, min(members, group.rows / Self.fewestRows))
    let team = takeTeam(rows: group.rows, members: members)
    defer { idle.withLock { $0.append(team) } }
    if members == 1 {
      encode(group, member: 0, of: 1, in: team) { !cancellation.isCancelled }
    } else {
      // Members wait for each other: none may leave alone.
      team.perform(members: members) { self.encode(group, member: $0, of: $1, in: team) { true } }
    }
    if cancellation.isCancelled { return [] }
    return texts.indices.map { pooled(team.workspace.states, rows: group.starts[$0]..<group.starts[$0 + 1]) }
  }

  /// The largest magnitudes of what the products of each layer read, over `texts`, each of which one core computes: the
  /// same whichever is done first.
  private func peaks(over texts: [[Int32]]) -> [PackedLayer.Peaks] {
    let none = layers.map { _ in PackedLayer.Peaks(hidden: configuration.hiddenSize) }
    let all = Mutex(none)
    DispatchQueue.concurrentPerform(iterations: texts.count) { text in
      var peaks = none
      let group = TextGroup([texts[text]])
      encode(group, member: 0, of: 1, in: takeTeam(rows: group.rows, members: 1)) {
        true
      } observe: { layer, input, rows, count in
        PackedLayer.Peaks.raise(&peaks[layer][keyPath: input], to: rows, count: count)
      }
      all.withLock { for layer in none.indices { $0[layer].raise(to: peaks[layer]) } }
    }
    return all.withLock(\.self)
  }

  private func takeTeam(rows: Int, members: Int) -> Team {
    let team =
      idle.withLock { $0.popLast() } ?? Team(rows: rows, configuration: configuration, precision: precision)
    team.prepare(rows: rows, members: members)
    return team
  }

  /// Takes one member's share of the rows through all layers.
  ///
  /// - Parameters:
  ///   - goesOn: is asked before each layer.
  ///   - observe: is told the layer, which input of it, and the rows of floats that are read.
  private func encode(
    _ group: TextGroup, member: Int, of members: Int, in team: Team, while goesOn: () -> Bool,
    observe: ((Int, WritableKeyPath<PackedLayer.Peaks, [Float]>, UnsafePointer<Float>, Int) -> Void)? = nil
  ) {
    twin_onednn_use_calling_thread()
    let rows = group.rows * member / members..<group.rows * (member + 1) / members
    let worker = team.workers[member]
    let workspace = team.workspace
    let hidden = configuration.hiddenSize
    let inputStride = 3 * hidden * precision.attentionBytes
    func project(_ block: Range<Int>, layer: Int) {
      let states = workspace.states + block.lowerBound * hidden
      observe?(layer, \.attentionInput, states, block.count)
      worker.project(
        states, rows: block.count, by: layers[layer].attentionInput,
        to: workspace.attentionInputs(layer: layer)[block.lowerBound * inputStride])
    }
    embedTokens(of: group, rows: rows, in: workspace.states)
    for block in rows.blocks(of: EncoderWorker.blockSize) { project(block, layer: 0) }
    for (index, layer) in layers.enumerated() {
      guard goesOn() else { return }
      if members > 1 { team.meet(members: members, time: index + 1) }
      attend(group, rows: rows, inputs: workspace.attentionInputs(layer: index), workspace: workspace, worker: worker)
      for block in rows.blocks(of: EncoderWorker.blockSize) {
        let context = workspace.context[block.lowerBound * hidden * precision.attentionBytes]
        let states = workspace.states + block.lowerBound * hidden
        if let observe {
          observe(index, \.attentionOutput, worker.floats(of: context, rows: block.count), block.count)
        }
        worker.finish(layer, context: context, states: states, rows: block.count) {
          observe?(index, \.intermediate, states, block.count)
        }
        if index + 1 < layers.count { project(block, layer: index + 1) }
      }
    }
  }

  /// The first layer's input: the sum of the vectors of token, position and segment, normalised.
  private func embedTokens(of group: TextGroup, rows: Range<Int>, in states: UnsafeMutablePointer<Float>) {
    let hidden = configuration.hiddenSize
    for (text, start) in zip(group.texts, group.starts) {
      for row in rows.clamped(to: start..<start + text.count) {
        let state = states + row * hidden
        let word = weights.words + Int(text[row - start]) * hidden
        for index in 0..<hidden { state[index] = word[index] + weights.segment[index] }
        twin_add_normalize(
          state, weights.positions + (row - start) * hidden, weights.normalization.gain, weights.normalization.shift,
          configuration.epsilon, hidden, state)
      }
    }
  }

  /// The heads of the texts that have rows among `rows`.
  private func attend(
    _ group: TextGroup, rows: Range<Int>, inputs: AlignedMemory, workspace: Workspace, worker: EncoderWorker
  ) {
    let hidden = configuration.hiddenSize
    let bytes = precision.attentionBytes
    for (text, start) in zip(group.texts, group.starts) {
      let wanted = rows.clamped(to: start..<start + text.count)
      guard !wanted.isEmpty else { continue }
      for head in 0..<configuration.headCount {
        let offset = head * configuration.headSize
        worker.attend(
          twin_attention_head(
            inputs: inputs[(start * 3 * hidden + offset) * bytes],
            outputs: workspace.context[(start * hidden + offset) * bytes], input_stride: 3 * hidden,
            output_stride: hidden, hidden: hidden, head_size: configuration.headSize, length: text.count,
            first: wanted.lowerBound - start, last: wanted.upperBound - start, scratch: nil))
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
