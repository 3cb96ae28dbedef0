import COneDNN

/// What oneDNN needs once in a process.
///
/// oneDNN is thread safe: its engine and its primitives may be used by all threads at once (oneDNN's developer guide,
/// "Primitives: Thread safety").
enum OneDNN {
  /// The processor.
  nonisolated(unsafe) static let engine: dnnl_engine_t = {
    // Of some 50 kB each; 1,024 unless it is told.
    check(dnnl_set_primitive_cache_capacity(128))
    return made { dnnl_engine_create(&$0, dnnl_cpu, 0) }
  }()

  /// A new stream, on which a thread's products follow one another.
  static func makeStream() -> dnnl_stream_t {
    made { dnnl_stream_create(&$0, engine, dnnl_stream_default_flags.rawValue) }
  }

  /// Has oneDNN compute with `count` threads, the calling one among them, what the calling thread asks of it in `body`.
  ///
  /// The others are OpenMP's. It keeps them for the calling thread, and when they find more of them than processors they
  /// sleep at once instead of looking for work a while: more than one pays on a thread only that always is the same.
  static func withThreads<Value>(_ count: Int, _ body: () throws -> Value) rethrows -> Value {
    let before = omp_get_max_threads()
    omp_set_num_threads(Int32(count))
    defer { omp_set_num_threads(before) }
    return try body()
  }

  /// What a function of oneDNN makes.
  static func made<Object>(_ function: (inout Object?) -> dnnl_status_t) -> Object {
    var object: Object?
    check(function(&object))
    guard let object else { preconditionFailure("oneDNN made nothing") }
    return object
  }

  /// A call of oneDNN with arguments of ours can only fail for want of memory, or by a mistake here.
  static func check(_ status: dnnl_status_t, _ function: StaticString = #function) {
    precondition(status == dnnl_success, "\(function): oneDNN failed with status \(status.rawValue)")
  }

  /// The description of a matrix.
  ///
  /// - Parameter tag: how it lies in memory: `dnnl_ab` by rows, `dnnl_ba` by columns, `dnnl_format_tag_any` as is best.
  static func matrix(rows: Int, columns: Int, _ type: dnnl_data_type_t, _ tag: dnnl_format_tag_t) -> dnnl_memory_desc_t
  {
    var description = dnnl_memory_desc_t()
    var sizes: [dnnl_dim_t] = [dnnl_dim_t(rows), dnnl_dim_t(columns)]
    check(dnnl_memory_desc_init_by_tag(&description, 2, &sizes, type, tag))
    return description
  }
}
