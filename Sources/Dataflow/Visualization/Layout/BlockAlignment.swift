/// Blocks of vertices, one in each of some consecutive layers, that get the same coordinate: the alignment step of
/// Brandes and Köpf (2001), for one of its four directions.
struct BlockAlignment {
  /// Two neighbours whose edge may not be straight, since it crosses one between bends.
  struct Segment: Hashable {
    let upper: Int
    let lower: Int
  }

  /// The vertex that stands for the block of each vertex.
  private(set) var root: [Int]
  /// The layers from left to right as this direction sees them.
  let layers: [[Int]]
  private var position: [Int]
  private var next: [Int]

  init(of graph: LayeredGraph, isUpwards: Bool, isFromRight: Bool, conflicts: Set<Segment>) {
    layers = isFromRight ? graph.layers.map { $0.reversed() } : graph.layers
    root = Array(graph.layer.indices)
    next = root
    position = root
    for layer in layers {
      for (index, vertex) in layer.enumerated() { position[vertex] = index }
    }
    let neighbours = isUpwards ? graph.after : graph.before
    for layer in isUpwards ? layers.reversed() : layers {
      var last = -1
      for vertex in layer {
        for neighbour in medians(of: neighbours[vertex]) where next[vertex] == vertex {
          let segment =
            isUpwards ? Segment(upper: vertex, lower: neighbour) : Segment(upper: neighbour, lower: vertex)
          guard last < position[neighbour], !conflicts.contains(segment) else { continue }
          next[neighbour] = vertex
          root[vertex] = root[neighbour]
          next[vertex] = root[vertex]
          last = position[neighbour]
        }
      }
    }
  }

  private func medians(of neighbours: [Int]) -> [Int] {
    guard neighbours.count > 1 else { return neighbours }
    let sorted = neighbours.sorted { position[$0] < position[$1] }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? [sorted[middle]] : [sorted[middle - 1], sorted[middle]]
  }

  /// The edges that cross one between two bends: the latter are to be straight.
  static func conflicts(in graph: LayeredGraph) -> Set<Segment> {
    var position = Array(repeating: 0, count: graph.layer.count)
    for layer in graph.layers {
      for (index, vertex) in layer.enumerated() { position[vertex] = index }
    }
    var conflicts: Set<Segment> = []
    for (upper, lower) in zip(graph.layers, graph.layers.dropFirst()) {
      var (least, first) = (0, 0)
      for (index, vertex) in lower.enumerated() {
        let inner = innerNeighbour(of: vertex, in: graph)
        guard inner != nil || index == lower.count - 1 else { continue }
        let most = inner.map { position[$0] } ?? upper.count - 1
        for crossed in lower[first...index] {
          for neighbour in graph.before[crossed] where neighbour != inner || crossed != vertex {
            if !(least...max(least, most)).contains(position[neighbour]) {
              conflicts.insert(Segment(upper: neighbour, lower: crossed))
            }
          }
        }
        first = index + 1
        least = most
      }
    }
    return conflicts
  }

  /// The bend before a bend.
  private static func innerNeighbour(of vertex: Int, in graph: LayeredGraph) -> Int? {
    guard !graph.isNode(vertex), let neighbour = graph.before[vertex].first, !graph.isNode(neighbour) else {
      return nil
    }
    return neighbour
  }
}
