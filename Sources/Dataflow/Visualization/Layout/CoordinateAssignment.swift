/// Gives every vertex its coordinate across the layers, so that nothing overlaps, the order is kept, and long edges are
/// straight.
///
/// The method is that of Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (Graph Drawing 2001):
/// vertices are aligned with the median of their neighbours, from either end and either side, and each takes the mean of
/// the two middle ones of the four results. The blocks of aligned vertices are packed by longest paths in the graph of
/// their distances and then pulled together, which avoids the shifting of classes whose flaw the authors published in
/// an erratum in 2020.
struct CoordinateAssignment {
  /// The middle of each vertex; the least border is 0.
  private(set) var coordinates: [Double]

  /// - Parameter widths: the size of each node across the layers; bends have none.
  init(of graph: LayeredGraph, widths: [Double]) {
    let widths = widths + Array(repeating: 0, count: graph.layer.count - widths.count)
    let conflicts = BlockAlignment.conflicts(in: graph)
    var results: [[Double]] = []
    for isUpwards in [false, true] {
      for isFromRight in [false, true] {
        let alignment = BlockAlignment(
          of: graph, isUpwards: isUpwards, isFromRight: isFromRight, conflicts: conflicts)
        let packed = Self.pack(alignment, graph, widths)
        results.append(isFromRight ? packed.map { -$0 } : packed)
      }
    }
    Self.settle(&results, widths)
    coordinates = graph.layer.indices.map { vertex in
      let four = results.map { $0[vertex] }.sorted()
      return (four[1] + four[2]) / 2
    }
    let least = zip(coordinates, widths).map { $0 - $1 / 2 }.min() ?? 0
    for vertex in coordinates.indices { coordinates[vertex] -= least }
  }

  /// Shifts the four results to the borders of the narrowest one: those packed to the left to its left border, and so on.
  private static func settle(_ results: inout [[Double]], _ widths: [Double]) {
    let borders = results.map { result in
      var (low, high) = (Double.infinity, -Double.infinity)
      for (coordinate, width) in zip(result, widths) {
        low = min(low, coordinate - width / 2)
        high = max(high, coordinate + width / 2)
      }
      return (low: low, high: high)
    }
    guard let narrowest = borders.min(by: { $0.high - $0.low < $1.high - $1.low }) else { return }
    for index in results.indices {
      let isFromRight = index % 2 == 1
      let shift = isFromRight ? narrowest.high - borders[index].high : narrowest.low - borders[index].low
      for vertex in results[index].indices { results[index][vertex] += shift }
    }
  }

  /// Gives each block the least coordinate that its left neighbours allow, then the greatest that its right ones do.
  private static func pack(_ alignment: BlockAlignment, _ graph: LayeredGraph, _ widths: [Double]) -> [Double] {
    let root = alignment.root
    var after: [[(block: Int, distance: Double)]] = Array(repeating: [], count: root.count)
    var waiting = Array(repeating: 0, count: root.count)
    for layer in alignment.layers {
      for (left, right) in zip(layer, layer.dropFirst()) {
        let gap =
          graph.isNode(left) && graph.isNode(right) ? LayeredLayout.nodeDistance : LayeredLayout.edgeDistance
        after[root[left]].append((root[right], (widths[left] + widths[right]) / 2 + gap))
        waiting[root[right]] += 1
      }
    }
    var coordinates = Array(repeating: 0.0, count: root.count)
    var order = root.indices.filter { root[$0] == $0 && waiting[$0] == 0 }
    var position = 0
    while position < order.count {
      let block = order[position]
      for next in after[block] {
        coordinates[next.block] = max(coordinates[next.block], coordinates[block] + next.distance)
        waiting[next.block] -= 1
        if waiting[next.block] == 0 { order.append(next.block) }
      }
      position += 1
    }
    for block in order.reversed() {
      guard let room = after[block].map({ coordinates[$0.block] - $0.distance }).min() else { continue }
      coordinates[block] = max(coordinates[block], room)
    }
    return root.map { coordinates[$0] }
  }
}
