extension Graph {
  /// What leads to what.
  public var lineage: Lineage { Lineage(steps.map(\.signature)) }

  /// The step or input, and all that it is made of, each after what it needs.
  ///
  /// - Throws: ``DataflowError/unknownNames(_:)`` with the nearest name.
  public func upstream(of name: String) throws -> [String] {
    try lineage.upstream(of: name)
  }

  /// The step or input, and all that is made of it, each after what it needs.
  ///
  /// - Throws: ``DataflowError/unknownNames(_:)`` with the nearest name.
  public func downstream(of name: String) throws -> [String] {
    try lineage.downstream(of: name)
  }

  /// All that lies on a way from one step or input to another, both included; nothing if no way leads there.
  ///
  /// - Throws: ``DataflowError/unknownNames(_:)`` with the nearest names.
  public func path(from start: String, to end: String) throws -> [String] {
    try lineage.path(from: start, to: end)
  }
}
