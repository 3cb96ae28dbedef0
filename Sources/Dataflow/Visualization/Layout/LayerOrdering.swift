/// Orders the vertices within their layers so that few edges cross.
///
/// Sweeps through the layers, down and up in turn, sort each layer by the weighted median of the neighbours in the one
/// before, then neighbours change places while that saves crossings; the best order met is kept (Gansner et al., 1993,
/// section 3).
struct LayerOrdering {
  /// The most sweeps.
  private static let sweeps = 24
  /// The most vertices and edges that all sweeps together look at: what bounds the time for large graphs.
  private static let work = 3_000_000
  /// Layers with more vertices than this are sorted only.
  private static let transposedLimit = 400
  /// Neighbours are compared one by one only if there are no more pairs of them than this.
  private static let comparedLimit = 10_000

  private var graph: LayeredGraph
  private var position: [Int]

  static func reduceCrossings(in graph: inout LayeredGraph) {
    var ordering = LayerOrdering(graph)
    graph.layers = ordering.best()
  }

  private init(_ graph: LayeredGraph) {
    self.graph = graph
    position = Array(repeating: 0, count: graph.layer.count)
    for layer in graph.layers.indices { number(layer) }
  }

  private mutating func best() -> [[Int]] {
    let size = graph.layer.count + graph.after.reduce(0) { $0 + $1.count }
    let sweeps = max(2, min(Self.sweeps, Self.work / max(1, size)))
    var best = graph.layers
    var fewest = crossings()
    var idle = 0
    for sweep in 0..<sweeps where fewest > 0 && idle < 6 {
      sortLayers(downwards: sweep.isMultiple(of: 2))
      transpose()
      let count = crossings()
      idle = count < fewest ? 0 : idle + 1
      if count < fewest { (best, fewest) = (graph.layers, count) }
    }
    return best
  }

  private mutating func number(_ layer: Int) {
    for (index, vertex) in graph.layers[layer].enumerated() { position[vertex] = index }
  }

  private mutating func sortLayers(downwards: Bool) {
    let layers = graph.layers.indices
    for layer in downwards ? Array(layers.dropFirst()) : layers.dropLast().reversed() {
      let neighbours = downwards ? graph.before : graph.after
      let vertices = graph.layers[layer]
      var movable: [(median: Double, vertex: Int)] = []
      for vertex in vertices where !neighbours[vertex].isEmpty {
        movable.append((median(of: neighbours[vertex].map { position[$0] }.sorted()), vertex))
      }
      movable.sort { ($0.median, position[$0.vertex]) < ($1.median, position[$1.vertex]) }
      // Those without a neighbour keep their places; the others fill the rest in their new order.
      var next = movable.makeIterator()
      graph.layers[layer] = vertices.map { neighbours[$0].isEmpty ? $0 : next.next()?.vertex ?? $0 }
      number(layer)
    }
  }

  /// The median of sorted places; of an even number, nearer to the side where they lie closer together.
  private func median(of places: [Int]) -> Double {
    let middle = places.count / 2
    if places.count % 2 == 1 { return Double(places[middle]) }
    if places.count == 2 { return Double(places[0] + places[1]) / 2 }
    let left = Double(places[middle - 1] - places[0])
    let right = Double(places[places.count - 1] - places[middle])
    guard left + right > 0 else { return Double(places[middle - 1] + places[middle]) / 2 }
    return (Double(places[middle - 1]) * right + Double(places[middle]) * left) / (left + right)
  }

  private mutating func transpose() {
    for _ in 0..<8 {
      var improved = false
      for layer in graph.layers.indices where 2...Self.transposedLimit ~= graph.layers[layer].count {
        for index in 1..<graph.layers[layer].count {
          let (left, right) = (graph.layers[layer][index - 1], graph.layers[layer][index])
          guard gain(ofSwapping: left, right) > 0 else { continue }
          graph.layers[layer].swapAt(index - 1, index)
          (position[left], position[right]) = (index, index - 1)
          improved = true
        }
      }
      if !improved { return }
    }
  }

  private func gain(ofSwapping left: Int, _ right: Int) -> Int {
    var gain = 0
    for neighbours in [graph.before, graph.after]
    where neighbours[left].count * neighbours[right].count <= Self.comparedLimit {
      for a in neighbours[left] {
        for b in neighbours[right] { gain += (position[a] > position[b] ? 1 : 0) - (position[a] < position[b] ? 1 : 0) }
      }
    }
    return gain
  }

  /// The crossings between all layers.
  ///
  /// Between two layers they are the inversions of the edges' far ends, counted with a tree of sums (Barth, Jünger and
  /// Mutzel, "Simple and efficient bilayer cross counting", Graph Drawing 2002).
  private func crossings() -> Int {
    var count = 0
    for (upper, lower) in zip(graph.layers, graph.layers.dropFirst()) {
      var sums = Array(repeating: 0, count: lower.count + 1)
      var edges = 0
      for vertex in upper {
        let ends = graph.after[vertex].map { position[$0] }.sorted()
        for end in ends {
          count += edges
          var index = end + 1
          while index > 0 {
            count -= sums[index]
            index -= index & -index
          }
        }
        for end in ends {
          var index = end + 1
          while index < sums.count {
            sums[index] += 1
            index += index & -index
          }
          edges += 1
        }
      }
    }
    return count
  }
}
