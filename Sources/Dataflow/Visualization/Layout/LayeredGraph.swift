/// A graph in layers, in which every edge leads to the next layer: longer ones pass through a bend in each layer between.
///
/// The vertices are the nodes, numbered from 0, and after them the bends.
struct LayeredGraph {
  /// The vertices of each layer, in their order across.
  var layers: [[Int]]
  /// The layer of each vertex.
  private(set) var layer: [Int]
  /// The neighbours of each vertex in the layer before.
  private(set) var before: [[Int]]
  /// The neighbours of each vertex in the layer after.
  private(set) var after: [[Int]]
  /// The vertices that each edge passes, forward; none for an edge from a node to itself.
  private(set) var chains: [[Int]]
  private let nodeCount: Int

  /// Cuts the edges at the layers. Beyond `bendLimit` bends, edges are drawn without, the longest ones first: a hundred
  /// thousand edges over a hundred thousand layers would not fit in memory.
  init(count: Int, edges: [(from: Int, to: Int)], layering: Layering) {
    nodeCount = count
    layer = layering.layers
    layers = Array(repeating: [], count: (layering.layers.max() ?? -1) + 1)
    before = Array(repeating: [], count: count)
    after = before
    chains = Array(repeating: [], count: edges.count)
    var bends = max(20_000, 4 * count)
    let spans = edges.map { abs(layering.layers[$0.to] - layering.layers[$0.from]) }
    for edge in edges.indices.sorted(by: { (spans[$0], $0) < (spans[$1], $1) }) where spans[edge] > 0 {
      let isReversed = layering.isReversed[edge]
      let (from, to) = isReversed ? (edges[edge].to, edges[edge].from) : (edges[edge].from, edges[edge].to)
      bends -= spans[edge] - 1
      chains[edge] = bends < 0 ? [from, to] : chain(from, to)
    }
    fillLayers()
  }

  /// Whether a vertex is a node and no bend.
  func isNode(_ vertex: Int) -> Bool { vertex < nodeCount }

  private mutating func chain(_ from: Int, _ to: Int) -> [Int] {
    var chain = [from]
    for level in (layer[from] + 1)..<(layer[to] + 1) {
      var vertex = to
      if level < layer[to] {
        vertex = layer.count
        layer.append(level)
        before.append([])
        after.append([])
      }
      let last = chain[chain.count - 1]
      after[last].append(vertex)
      before[vertex].append(last)
      chain.append(vertex)
    }
    return chain
  }

  /// Puts the vertices in their layers as a walk along the edges, in either direction, meets them, so that what hangs
  /// together begins side by side.
  private mutating func fillLayers() {
    var isSeen = Array(repeating: false, count: layer.count)
    for start in layer.indices where !isSeen[start] {
      isSeen[start] = true
      var stack = [start]
      while let vertex = stack.popLast() {
        layers[layer[vertex]].append(vertex)
        for next in (after[vertex] + before[vertex]).reversed() where !isSeen[next] {
          isSeen[next] = true
          stack.append(next)
        }
      }
    }
  }
}
