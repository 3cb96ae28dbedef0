import COneDNN

/// `output = input × weights + bias` for one number of rows; bias is left to the caller with integers.
///
/// It belongs to one thread at a time: the addresses of what it multiplies are put into it. That thread makes and calls it
/// within ``OneDNN/withThreads(_:_:)``.
final class MatrixProduct {
  /// What it multiplies.
  struct Shape: Hashable {
    var rows: Int
    var inputs: Int
    var outputs: Int
    var numbers: Numbers
    /// How many threads compute it together.
    var threads = 1
  }

  /// The kinds of numbers: of the input and the weights, and of the output.
  enum Numbers: Hashable {
    /// Floats throughout.
    case f32
    /// bfloat16 to bfloat16, for what attention reads.
    case bf16
    /// bfloat16 to floats.
    case bf16ToF32
    /// Bytes without sign with bytes with sign, to sums of 32 bits.
    case int8

    var input: dnnl_data_type_t {
      switch self {
      case .f32: dnnl_f32
      case .bf16, .bf16ToF32: dnnl_bf16
      case .int8: dnnl_u8
      }
    }

    var weights: dnnl_data_type_t { self == .int8 ? dnnl_s8 : input }

    var output: dnnl_data_type_t {
      switch self {
      case .f32, .bf16ToF32: dnnl_f32
      case .bf16: dnnl_bf16
      case .int8: dnnl_s32
      }
    }

    var hasBias: Bool { self != .int8 }
  }

  private let primitive: dnnl_primitive_t
  private let memories: [dnnl_memory_t]
  private let arguments: UnsafeMutableBufferPointer<dnnl_exec_arg_t>

  /// Makes the code for a product: a fraction of a millisecond, less if it was made before.
  init(_ shape: Shape) {
    let description = Self.description(of: shape)
    defer { dnnl_primitive_desc_destroy(description) }
    primitive = OneDNN.made { dnnl_primitive_create(&$0, description) }
    var parts: [(argument: Int32, query: dnnl_query_t)] = [
      (DNNL_ARG_SRC, dnnl_query_src_md), (DNNL_ARG_WEIGHTS_0, dnnl_query_weights_md), (DNNL_ARG_DST, dnnl_query_dst_md),
    ]
    if shape.numbers.hasBias { parts.append((DNNL_ARG_BIAS, dnnl_query_weights_md)) }
    arguments = .allocate(capacity: parts.count)
    memories = parts.map { part in
      let described = dnnl_primitive_desc_query_md(description, part.query, part.argument == DNNL_ARG_BIAS ? 1 : 0)
      return OneDNN.made { dnnl_memory_create(&$0, described, OneDNN.engine, nil) }
    }
    for (index, part) in parts.enumerated() {
      arguments.initializeElement(at: index, to: dnnl_exec_arg_t(arg: part.argument, memory: memories[index]))
    }
  }

  deinit {
    arguments.deallocate()
    for memory in memories { dnnl_memory_destroy(memory) }
    dnnl_primitive_destroy(primitive)
  }

  /// Multiplies.
  func callAsFunction(
    _ input: UnsafeRawPointer, _ weights: UnsafeRawPointer, bias: UnsafePointer<Float>?,
    output: UnsafeMutableRawPointer, on stream: dnnl_stream_t
  ) {
    dnnl_memory_set_data_handle(memories[0], UnsafeMutableRawPointer(mutating: input))
    dnnl_memory_set_data_handle(memories[1], UnsafeMutableRawPointer(mutating: weights))
    dnnl_memory_set_data_handle(memories[2], output)
    if memories.count > 3 { dnnl_memory_set_data_handle(memories[3], UnsafeMutableRawPointer(mutating: bias)) }
    OneDNN.check(dnnl_primitive_execute(primitive, stream, Int32(memories.count), arguments.baseAddress))
  }

  /// How the weights have to lie in memory; the same for every number of rows and threads.
  static func packing(inputs: Int, outputs: Int, _ numbers: Numbers) -> dnnl_memory_desc_t {
    OneDNN.withThreads(1) {
      let shape = Shape(rows: 64, inputs: inputs, outputs: outputs, numbers: numbers)
      let description = description(of: shape, packed: nil)
      defer { dnnl_primitive_desc_destroy(description) }
      return dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0).pointee
    }
  }

  private static func description(of shape: Shape) -> dnnl_primitive_desc_t {
    description(of: shape, packed: packing(inputs: shape.inputs, outputs: shape.outputs, shape.numbers))
  }

  private static func description(of shape: Shape, packed: dnnl_memory_desc_t?) -> dnnl_primitive_desc_t {
    let numbers = shape.numbers
    var input = OneDNN.matrix(rows: shape.rows, columns: shape.inputs, numbers.input, dnnl_ab)
    var weights =
      packed
      ?? OneDNN.matrix(rows: shape.inputs, columns: shape.outputs, numbers.weights, dnnl_format_tag_any)
    var bias = OneDNN.matrix(rows: 1, columns: shape.outputs, dnnl_f32, dnnl_ab)
    var output = OneDNN.matrix(rows: shape.rows, columns: shape.outputs, numbers.output, dnnl_ab)
    var product = dnnl_matmul_desc_t()
    if numbers.hasBias {
      OneDNN.check(dnnl_matmul_desc_init(&product, &input, &weights, &bias, &output))
    } else {
      OneDNN.check(dnnl_matmul_desc_init(&product, &input, &weights, nil, &output))
    }
    return OneDNN.made { dnnl_primitive_desc_create(&$0, &product, nil, OneDNN.engine, nil) }
  }
}
