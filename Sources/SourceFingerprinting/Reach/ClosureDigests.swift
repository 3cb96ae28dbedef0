/// For each node of a graph one digest over all that it reaches.
///
/// The digest of a component of nodes that reach each other is over their own digests and those of the components that
/// they lead to (a Merkle tree over the condensed graph), so it changes when, and only when, something in reach does.
struct ClosureDigests {
  private let components: [Int]
  private var digests: [[UInt8]] = []

  /// - Parameter own: the digest of each node's own content, its name included.
  init(edges: [[Int]], own: [[UInt8]]) {
    let connected = StronglyConnected(edges)
    components = connected.components
    digests.reserveCapacity(connected.members.count)
    for (component, members) in connected.members.enumerated() {
      let below = Set(members.flatMap { edges[$0].map { connected.components[$0] } }).subtracting([component])
      var hash = SHA256()
      hash.update(Self.sorted(members.map { own[$0] }))
      hash.update([UInt8](repeating: 0, count: 32))
      hash.update(Self.sorted(below.map { digests[$0] }))
      digests.append(hash.finalize())
    }
  }

  /// The digest over all that any of the nodes reaches, the nodes included.
  func digest(of nodes: some Sequence<Int>) -> [UInt8] {
    SHA256.digest(of: Self.sorted(Set(nodes.map { components[$0] }).map { digests[$0] }))
  }

  private static func sorted(_ digests: [[UInt8]]) -> [UInt8] {
    Array(digests.sorted { $0.lexicographicallyPrecedes($1) }.joined())
  }
}
