/// What leads to what in a set of steps, by name: for impact ("what must run again if this changes?") and for origin
/// ("what is this made of?"), with nothing drawn or run.
///
/// The names are those of the steps and of the inputs. All variants of a step count as one, with the needs of each and
/// the input that chooses between them.
public struct Lineage: Sendable {
  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var needs: [[Int]] = []
  private var consumers: [[Int]] = []

  /// The lineage of `steps`, which need not make a valid graph.
  public init(_ steps: [StepSignature]) {
    for step in steps {
      let consumer = number(of: step.name)
      for need in step.needs { connect(number(of: need.name), to: consumer) }
      if let variant = step.variant { connect(number(of: variant.input), to: consumer) }
    }
  }

  /// What the named steps are made of: they, all that they need, and so on up to the inputs.
  ///
  /// - Returns: names, each after those that it needs.
  /// - Throws: ``DataflowError/unknownNames(_:)`` with the nearest names.
  public func upstream(of names: String...) throws -> [String] {
    try upstream(of: names)
  }

  /// What needs the named steps or inputs: they, all that needs them, and so on down to the last product.
  ///
  /// - Returns: names, each after those that it needs.
  /// - Throws: ``DataflowError/unknownNames(_:)`` with the nearest names.
  public func downstream(of names: String...) throws -> [String] {
    try downstream(of: names)
  }

  /// All that lies on a way from one step or input to another, both included.
  ///
  /// - Returns: names, each after those that it needs; none if no way leads there.
  /// - Throws: ``DataflowError/unknownNames(_:)`` with the nearest names.
  public func path(from start: String, to end: String) throws -> [String] {
    try checkNames([start, end])
    let reachable = Set(try downstream(of: [start]))
    return try upstream(of: [end]).filter(reachable.contains)
  }

  func upstream(of names: [String]) throws -> [String] {
    try walk(from: names, along: needs)
  }

  func downstream(of names: [String]) throws -> [String] {
    try walk(from: names, along: consumers).reversed()
  }

  /// - Throws: ``DataflowError/unknownNames(_:)`` with all names that no step or input has.
  func checkNames(_ wanted: [String]) throws {
    let unknown = wanted.filter { numbers[$0] == nil }
    guard unknown.isEmpty else {
      throw DataflowError.unknownNames(unknown.map { .unknownStep($0, nearest: nearestName(to: $0, in: names)) })
    }
  }

  private func walk(from starts: [String], along next: [[Int]]) throws -> [String] {
    try checkNames(starts)
    var traversal = Traversal(count: names.count)
    for start in starts.compactMap({ numbers[$0] }) { _ = traversal.visit(start) { next[$0] } }
    return traversal.finished.map { names[$0] }
  }

  private mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    needs.append([])
    consumers.append([])
    return names.count - 1
  }

  private mutating func connect(_ need: Int, to consumer: Int) {
    needs[consumer].append(need)
    consumers[need].append(consumer)
  }
}
