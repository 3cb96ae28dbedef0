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
    layer.copyBias(to: bias.numbers(Float.self))
    if numbers == .int8 {
      let integers = AlignedMemory(byteCount: inputs * outputs)
      quantization = quantize(layer, peaks: peaks, to: integers.numbers(Int8.self))
      weights = Self.memory(inputs: inputs, outputs: outputs, for: numbers)
      pack(integers.start, dnnl_s8)
    } else {
      quantization = nil
      weights = Self.memory(inputs: inputs, outputs: outputs, for: numbers)
      layer.withWeights { pack($0, dnnl_f32) }
    }
  }

  /// Room for packed weights.
  private static func memory(inputs: Int, outputs: Int, for numbers: Numbers) -> AlignedMemory {
    var packing = MatrixProduct.packing(inputs: inputs, outputs: outputs, numbers)
    return AlignedMemory(byteCount: dnnl_memory_desc_get_size(&packing))
  }

  /// Converts rows of weights to the products' numbers, in the order in which they are read.
  private func pack(_ rows: UnsafeRawPointer, _ type: dnnl_data_type_t) {
    var target = MatrixProduct.packing(inputs: inputs, outputs: outputs, numbers)
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
