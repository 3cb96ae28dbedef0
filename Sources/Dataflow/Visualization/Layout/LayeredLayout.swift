/// Places the nodes of a directed graph in layers, so that edges run forward, cross little and bend little.
///
/// The method is that of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures"
/// (IEEE Transactions on Systems, Man and Cybernetics 11, 1981), in the four steps that Gansner, Koutsofios, North and
/// Vo made of it in "A technique for drawing directed graphs" (IEEE Transactions on Software Engineering 19, 1993):
/// ``Layering`` (cycles are broken first), ``LayerOrdering``, ``CoordinateAssignment``, and routes for the edges.
///
/// The same graph always gets the same layout. Nothing recurses. Graphs of any size are laid out: from some thousand
/// nodes on with fewer rounds of improvement, and with the longest edges drawn straight.
package struct LayeredLayout {
  /// The distance of two nodes in one layer, in pixels.
  package static let nodeDistance = 18.0
  /// The distance of two edges, or of an edge from a node, that pass through one layer.
  package static let edgeDistance = 10.0
  /// The distance of two layers, where no edge climbs far.
  package static let layerDistance = 52.0

  /// The middle of each node.
  package private(set) var centres: [Point] = []
  /// The points through which each edge passes, from the border of its source to that of its target. Between the first
  /// two points, the third and fourth, and so on it crosses from layer to layer; the rest lie within a layer. Empty for
  /// an edge from a node to itself.
  package private(set) var routes: [[Point]] = []
  /// What all of it covers.
  package private(set) var extent = Extent(width: 0, height: 0)

  /// Lays out nodes of the given sizes; edges name them by their indices.
  package init(sizes: [Extent], edges: [(from: Int, to: Int)], direction: LayoutDirection) {
    guard !sizes.isEmpty else { return }
    let isSideways = direction == .leftToRight
    let lengths = sizes.map { isSideways ? $0.width : $0.height }
    let layering = Layering(count: sizes.count, edges: edges)
    var graph = LayeredGraph(count: sizes.count, edges: edges, layering: layering)
    LayerOrdering.reduceCrossings(in: &graph)
    let widths = sizes.map { isSideways ? $0.height : $0.width }
    let across = CoordinateAssignment(of: graph, widths: widths).coordinates
    let bands = bands(of: graph, lengths: lengths, across: across)
    for node in sizes.indices {
      let band = bands[graph.layer[node]]
      centres.append(point((band.start + band.end) / 2, across[node], isSideways))
    }
    routes = graph.chains.indices.map { edge in
      let route = route(along: graph.chains[edge], of: graph, lengths, across, bands)
      let points = route.map { point($0.along, $0.across, isSideways) }
      return layering.isReversed[edge] ? points.reversed() : points
    }
    let breadth = zip(across, widths).map { $0 + $1 / 2 }.max() ?? 0
    extent =
      isSideways
      ? Extent(width: bands.last?.end ?? 0, height: breadth) : Extent(width: breadth, height: bands.last?.end ?? 0)
  }

  /// Where each layer begins and ends. Layers between which edges climb far stand further apart, so that no edge gets
  /// too steep to follow.
  private func bands(of graph: LayeredGraph, lengths: [Double], across: [Double]) -> [(start: Double, end: Double)] {
    var bands: [(start: Double, end: Double)] = []
    var start = 0.0
    for layer in graph.layers {
      let length = layer.filter(graph.isNode).map { lengths[$0] }.max() ?? 0
      bands.append((start, start + length))
      var climb = 0.0
      for vertex in layer {
        for next in graph.after[vertex] { climb = max(climb, abs(across[next] - across[vertex])) }
      }
      start += length + Self.layerDistance + min(120, climb * 0.09)
    }
    return bands
  }

  private func route(
    along chain: [Int], of graph: LayeredGraph, _ lengths: [Double], _ across: [Double],
    _ bands: [(start: Double, end: Double)]
  ) -> [(along: Double, across: Double)] {
    guard let first = chain.first, let last = chain.last else { return [] }
    func middle(_ node: Int) -> Double {
      let band = bands[graph.layer[node]]
      return (band.start + band.end) / 2
    }
    var route = [(middle(first) + lengths[first] / 2, across[first])]
    // A node may be shorter than its layer: the edge runs straight to the layer's border before it turns.
    route.append((bands[graph.layer[first]].end, across[first]))
    for bend in chain.dropFirst().dropLast() {
      let band = bands[graph.layer[bend]]
      route += [(band.start, across[bend]), (band.end, across[bend])]
    }
    route.append((bands[graph.layer[last]].start, across[last]))
    route.append((middle(last) - lengths[last] / 2, across[last]))
    return route
  }

  private func point(_ along: Double, _ across: Double, _ isSideways: Bool) -> Point {
    isSideways ? Point(x: along, y: across) : Point(x: across, y: along)
  }
}
