/// The digests of all that the names of a module can reach.
public struct FingerprintTable: Sendable {
  /// The version of how digests are made; it changes whenever equal sources get other digests.
  static let scheme = 1

  /// The module that the table is for.
  public let module: String
  /// The digest of everything that the module's code consists of.
  public let everything: String
  /// The digest of what every piece of the module's code reaches, whatever it mentions.
  public let common: String
  /// Of each name the digest of what the code that mentions it reaches by that.
  public let names: [String: String]

  private let graph: SourceGraph

  /// Reads and fingerprints what `plan` lists; throws ``FingerprintingError``.
  public init(plan text: String) throws {
    let plan = try FingerprintPlan(text)
    let graph = SourceGraph(plan: plan, files: try SourceReader.swiftFiles(of: plan))
    var modules = ModuleDigest()
    var own = graph.units.map { UnitDigest.digest(of: $0, in: graph.files[$0.file]) }
    for module in plan.modules { own.append(try modules.digest(of: module)) }
    let closures = ClosureDigests(edges: graph.edges, own: own)
    func printed(_ digest: [UInt8]) -> String {
      hexadecimal(SHA256.digest(of: Array("scheme \(Self.scheme)\n".utf8) + digest).prefix(16))
    }
    module = plan.target
    self.graph = graph
    everything = printed(closures.digest(of: graph.edges.indices))
    common = printed(closures.digest(of: Self.commonNodes(of: graph, target: plan.target)))
    let target = graph.index(ofModule: plan.target)
    var names: [String: String] = [:]
    for name in graph.anchors.keys {
      let reached = graph.units(named: name, from: target)
      if !reached.isEmpty { names[name] = printed(closures.digest(of: reached)) }
    }
    self.names = names
  }

  /// What needs no name: the module's settings and resources, and files with code that runs without being named.
  private static func commonNodes(of graph: SourceGraph, target: String) -> [Int] {
    graph.units.indices.filter { graph.units[$0].isAmbient } + [graph.node(ofModule: graph.index(ofModule: target))]
  }

  /// The pieces of source that code reaches that mentions `names`, each with the one that led to it, in the order of
  /// their distance.
  public func reach(of names: [String]) -> [(unit: String, from: String)] {
    var from: [Int: String] = [:]
    var pending: [Int] = []
    for node in Self.commonNodes(of: graph, target: module) where from[node] == nil {
      from[node] = "everything"
      pending.append(node)
    }
    let target = graph.index(ofModule: module)
    for name in names {
      for node in graph.units(named: name, from: target) where from[node] == nil {
        from[node] = name
        pending.append(node)
      }
    }
    var next = 0
    while next < pending.count {
      for target in graph.edges[pending[next]] where from[target] == nil {
        from[target] = label(of: pending[next])
        pending.append(target)
      }
      next += 1
    }
    return pending.map { (label(of: $0), from[$0] ?? "") }
  }

  /// How many pieces of source there are to reach.
  public var count: Int { graph.edges.count }

  private func label(of node: Int) -> String {
    node < graph.units.count ? graph.units[node].label : "module \(graph.modules[node - graph.units.count].name)"
  }
}

/// Lower-case hexadecimal digits.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
