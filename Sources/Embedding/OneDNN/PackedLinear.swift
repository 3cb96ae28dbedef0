import COneDNN

/// A linear layer's weights as the products read them, shared by all workers.
final class PackedLinear: Sendable {
  typealias Numbers = MatrixProduct.Numbers

  let inputs: Int
  let outputs: Int
  let numbers: Numbers
  /// What is added to the outputs.
  let bias: AlignedMemory
  /// What 8-bit weights need besides; nil for floats.
  let quantization: Quantization?
  /// The packed weights.
  let weights: AlignedMemory
  /// How many outputs lie together in them, and the bytes from one such block to the next.
  private let block: (outputs: Int, bytes: Int)

  /// What takes the sums of integer products back to floats.
  struct Quantization: Sendable {
    /// One factor per input, by which it is multiplied before it is rounded.
    var smoothing: AlignedMemory
    /// One factor per output.
    var scales: AlignedMemory
    /// The sum of an output's 8-bit weights, for inputs whose zero is not 0.
    var sums: AlignedMemory
  }

  /// Packs a layer.
  ///
  /// - Parameters:
  ///   - layer: its weights, a row per output.
  ///   - peaks: the largest magnitude expected of each input; only asked for with 8-bit integers.
  init(_ layer: LinearLayer, as numbers: Numbers, peaks: [Float] = []) {
    (inputs, outputs, self.numbers) = (layer.inputs, layer.outputs, numbers)
    bias = AlignedMemory(byteCount: outputs * 4)
    var packing = MatrixProduct.packing(inputs: inputs, outputs: outputs, numbers)
    let width = numbers == .f32 ? 4 : numbers == .int8 ? 1 : 2
    block = (MatrixProduct.outputsPerBlock(of: packing), Int(packing.format_desc.blocking.strides.1) * width)
    weights = AlignedMemory(byteCount: dnnl_memory_desc_get_size(&packing))
    layer.copyBias(to: bias.numbers(Float.self))
    if numbers == .int8 {
      let integers = AlignedMemory(byteCount: inputs * outputs)
      quantization = quantize(layer, peaks: peaks, to: integers.numbers(Int8.self))
      pack(integers.start, dnnl_s8, as: packing)
    } else {
      quantization = nil
      layer.withWeights { pack($0, dnnl_f32, as: packing) }
    }
  }

  /// Whether the weights lie in blocks of outputs, so that threads can share them.
  var hasBlocks: Bool { block.outputs > 1 }

  /// The outputs that one of several threads computes: whole blocks; empty where there are more threads than blocks.
  func columns(of member: Int, in members: Int) -> Range<Int> {
    let blocks = (outputs + block.outputs - 1) / block.outputs
    func start(_ member: Int) -> Int { min(outputs, blocks * member / members * block.outputs) }
    return start(member)..<start(member + 1)
  }

  /// Where the weights of an output begin that is the first of its block.
  func weights(from output: Int) -> UnsafeRawPointer {
    UnsafeRawPointer(weights.start) + output / block.outputs * block.bytes
  }

  /// Converts rows of weights to the products' numbers, in the order in which they are read.
  private func pack(_ rows: UnsafeRawPointer, _ type: dnnl_data_type_t, as packing: dnnl_memory_desc_t) {
    var target = packing
    var source = OneDNN.matrix(rows: inputs, columns: outputs, type, dnnl_ba)
    let description = OneDNN.made {
      dnnl_reorder_primitive_desc_create(&$0, &source, OneDNN.engine, &target, OneDNN.engine, nil)
    }
    defer { dnnl_primitive_desc_destroy(description) }
    let reorder = OneDNN.made { dnnl_primitive_create(&$0, description) }
    defer { dnnl_primitive_destroy(reorder) }
    let from = OneDNN.made {
      dnnl_memory_create(&$0, &source, OneDNN.engine, UnsafeMutableRawPointer(mutating: rows))
    }
    let to = OneDNN.made { dnnl_memory_create(&$0, &target, OneDNN.engine, weights.start) }
    defer {
      dnnl_memory_destroy(from)
      dnnl_memory_destroy(to)
    }
    let stream = OneDNN.makeStream()
    defer { dnnl_stream_destroy(stream) }
    let arguments = [
      dnnl_exec_arg_t(arg: DNNL_ARG_SRC, memory: from), dnnl_exec_arg_t(arg: DNNL_ARG_DST, memory: to),
    ]
    OneDNN.check(dnnl_primitive_execute(reorder, stream, Int32(arguments.count), arguments))
  }
}
