import CEncoderKernels
import COneDNN

/// What one group of texts at a time is computed with: its memory, memory for a few rows that stays in the cache, and the
/// products' code.
///
/// It is used by one thread at a time.
final class EncoderWorker: @unchecked Sendable {
  // Sendable since whoever computes with it has taken it from those that are idle.

  /// The most rows that go through a layer together, which all groups but those of one long text are: more of them read the
  /// weights less often, but leave the cache.
  static let blockSize = 256

  /// How many products are kept, of some 50 kB of code each; four for each number of rows.
  private static let mostProducts = 128

  let configuration: BertConfiguration
  let precision: Precision
  /// The memory of the group.
  private(set) var workspace: Workspace
  /// How many threads share each product.
  private var threads = 1
  private let wide: AlignedMemory
  private let narrow: AlignedMemory
  private let update: AlignedMemory
  private let attentionScratch: AlignedMemory
  private var rowScales = [twin_row_scale](repeating: twin_row_scale(), count: EncoderWorker.blockSize)
  private var products: [MatrixProduct.Shape: MatrixProduct] = [:]
  private let stream: dnnl_stream_t

  init(rows: Int, configuration: BertConfiguration, precision: Precision) {
    self.configuration = configuration
    self.precision = precision
    workspace = Workspace(rows: rows, configuration: configuration, precision: precision)
    let largest = max(3 * configuration.hiddenSize, configuration.intermediateSize)
    wide = AlignedMemory(byteCount: Self.blockSize * largest * 4)
    narrow = AlignedMemory(byteCount: Self.blockSize * largest * 2)
    update = AlignedMemory(byteCount: Self.blockSize * configuration.hiddenSize * 4)
    attentionScratch = AlignedMemory(
      byteCount: twin_attention_scratch(configuration.positionCount, configuration.headSize))
    stream = OneDNN.makeStream()
  }

  deinit { dnnl_stream_destroy(stream) }

  /// Sees to it that there is room for `rows`, and has `threads` share each product of `body`.
  func perform(rows: Int, threads: Int, _ body: () -> Void) {
    if workspace.rows < rows {
      workspace = Workspace(rows: rows, configuration: configuration, precision: precision)
    }
    self.threads = threads
    OneDNN.withThreads(threads, body)
  }

  /// Writes the queries, keys and values of rows of token vectors.
  func project(
    _ states: UnsafePointer<Float>, rows: Int, by linear: PackedLinear, to inputs: UnsafeMutableRawPointer
  ) {
    let prepared = prepared(states, rows: rows, for: linear)
    guard linear.numbers == .int8 else {
      multiply(prepared, rows: rows, by: linear, to: inputs)
      return
    }
    multiply(prepared, rows: rows, by: linear, to: wide.start)
    twin_round_bf16(wide.numbers(Float.self), rows * linear.outputs, inputs.assumingMemoryBound(to: UInt16.self))
  }

  /// One head of one text; see `twin_attention_head`.
  func attend(_ head: twin_attention_head) {
    var head = head
    head.scratch = attentionScratch.start
    if precision == .f32 { twin_attention_f32(&head) } else { twin_attention_bf16(&head) }
  }

  /// Takes rows from the heads' outputs to the layer's outputs.
  ///
  /// - Parameter observe: is called when `states` are what the intermediate product reads.
  func finish(
    _ layer: PackedLayer, context: UnsafeRawPointer, states: UnsafeMutablePointer<Float>, rows: Int, observe: () -> Void
  ) {
    var attended = context
    if layer.attentionOutput.numbers == .int8 {
      attended = prepared(floats(of: context, rows: rows), rows: rows, for: layer.attentionOutput)
    }
    multiply(attended, rows: rows, by: layer.attentionOutput, to: update.start)
    addAndNormalize(states, rows: rows, by: layer.attentionNormalization)
    observe()
    multiply(
      prepared(states, rows: rows, for: layer.intermediate), rows: rows, by: layer.intermediate, to: wide.start)
    multiply(activated(rows: rows), rows: rows, by: layer.output, to: update.start)
    addAndNormalize(states, rows: rows, by: layer.outputNormalization)
  }

  /// The heads' outputs as floats: until the next product where they are others.
  func floats(of context: UnsafeRawPointer, rows: Int) -> UnsafePointer<Float> {
    guard precision != .f32 else { return context.assumingMemoryBound(to: Float.self) }
    let floats = update.numbers(Float.self)
    twin_widen_bf16(context.assumingMemoryBound(to: UInt16.self), rows * configuration.hiddenSize, floats)
    return UnsafePointer(floats)
  }

  /// The Gaussian error linear unit of ``wide``, as the next product reads it.
  private func activated(rows: Int) -> UnsafeRawPointer {
    let count = rows * configuration.intermediateSize
    if precision == .f32 {
      twin_gelu_f32(wide.numbers(Float.self), count)
      return UnsafeRawPointer(wide.start)
    }
    twin_gelu_bf16(wide.numbers(Float.self), count, narrow.numbers(UInt16.self))
    return UnsafeRawPointer(narrow.start)
  }

  /// Rows of floats as a product reads them.
  private func prepared(_ rows: UnsafePointer<Float>, rows count: Int, for linear: PackedLinear) -> UnsafeRawPointer {
    switch linear.numbers {
    case .f32:
      return UnsafeRawPointer(rows)
    case .bf16, .bf16ToF32:
      twin_round_bf16(rows, count * linear.inputs, narrow.numbers(UInt16.self))
    case .int8:
      let smoothing = linear.quantization?.smoothing.numbers(Float.self)
      for row in 0..<count {
        rowScales[row] = twin_quantize_u8(
          rows + row * linear.inputs, smoothing, linear.inputs, narrow.numbers(UInt8.self) + row * linear.inputs)
      }
    }
    return UnsafeRawPointer(narrow.start)
  }

  private func multiply(
    _ input: UnsafeRawPointer, rows: Int, by linear: PackedLinear, to output: UnsafeMutableRawPointer
  ) {
    let shape = MatrixProduct.Shape(
      rows: rows, inputs: linear.inputs, outputs: linear.outputs, numbers: linear.numbers, threads: threads)
    let product = products[shape] ?? MatrixProduct(shape)
    // Texts come by their length, so that those of other lengths are hardly needed again.
    if products.count >= Self.mostProducts { products.removeAll() }
    products[shape] = product
    product(
      input, linear.weights.start, bias: linear.bias.numbers(Float.self), output: output, on: stream)
    guard let quantization = linear.quantization else { return }
    var columns = twin_column_scales(
      scales: quantization.scales.numbers(Float.self), sums: quantization.sums.numbers(Int32.self),
      biases: linear.bias.numbers(Float.self))
    for row in 0..<rows {
      let sums = output + row * linear.outputs * 4
      twin_dequantize_u8(
        sums.assumingMemoryBound(to: Int32.self), rowScales[row], &columns, linear.outputs,
        sums.assumingMemoryBound(to: Float.self))
    }
  }

  private func addAndNormalize(
    _ states: UnsafeMutablePointer<Float>, rows: Int, by normalization: BertWeights.Normalization
  ) {
    let hidden = configuration.hiddenSize
    for row in 0..<rows {
      twin_add_normalize(
        states + row * hidden, update.numbers(Float.self) + row * hidden, normalization.gain, normalization.shift,
        configuration.epsilon, hidden, states + row * hidden)
    }
  }
}
