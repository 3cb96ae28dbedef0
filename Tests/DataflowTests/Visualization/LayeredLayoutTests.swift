import Dataflow
import TestSupport
import Testing

@Suite struct LayeredLayoutTests {
  typealias Edges = [(from: Int, to: Int)]

  /// A graph whose edges lead from lower to higher numbers, with nodes of many sizes.
  func randomGraph(_ seed: UInt64) -> (sizes: [Extent], edges: Edges) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...60, using: &random)
    let sizes = (0..<count).map { _ in
      Extent(width: .random(in: 20...300, using: &random), height: .random(in: 20...120, using: &random))
    }
    var edges: Edges = []
    for node in 1..<max(1, count) where count > 1 {
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        edges.append((Int.random(in: max(0, node - 12)..<node, using: &random), node))
      }
    }
    return (sizes, edges)
  }

  func boxes(_ layout: LayeredLayout, _ sizes: [Extent]) -> [(left: Double, right: Double, top: Double, bottom: Double)]
  {
    zip(layout.centres, sizes).map {
      ($0.x - $1.width / 2, $0.x + $1.width / 2, $0.y - $1.height / 2, $0.y + $1.height / 2)
    }
  }

  /// Whether no number is less than the one before, but for rounding.
  func isAscending(_ numbers: [Double]) -> Bool {
    zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 > -1e-6 }
  }

  @Test(arguments: 0..<60) func `nodes never overlap, and all lie within the extent`(seed: Int) {
    let (sizes, edges) = randomGraph(UInt64(seed))
    for direction in LayoutDirection.allCases {
      let layout = LayeredLayout(sizes: sizes, edges: edges, direction: direction)
      let boxes = boxes(layout, sizes)
      for (index, box) in boxes.enumerated() {
        #expect(box.left > -0.01 && box.top > -0.01)
        #expect(box.right < layout.extent.width + 0.01 && box.bottom < layout.extent.height + 0.01)
        for other in boxes[(index + 1)...] {
          let isApart =
            box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top
          #expect(isApart, "\(box) and \(other) overlap (\(direction))")
        }
      }
    }
  }

  @Test(arguments: 0..<60) func `every edge runs forward, from border to border`(seed: Int) throws {
    let (sizes, edges) = randomGraph(UInt64(seed))
    let layout = LayeredLayout(sizes: sizes, edges: edges, direction: .leftToRight)
    let down = LayeredLayout(sizes: sizes, edges: edges, direction: .topDown)
    let boxes = (boxes(layout, sizes), boxes(down, sizes))
    for (edge, (route, downRoute)) in zip(edges, zip(layout.routes, down.routes)) {
      #expect(abs(try #require(route.first).x - boxes.0[edge.from].right) < 0.01)
      #expect(abs(try #require(route.last).x - boxes.0[edge.to].left) < 0.01)
      #expect(isAscending(route.map(\.x)))
      #expect(abs(try #require(downRoute.first).y - boxes.1[edge.from].bottom) < 0.01)
      #expect(isAscending(downRoute.map(\.y)))
    }
  }

  @Test(arguments: 0..<60) func `no edge runs through a node`(seed: Int) {
    let (sizes, edges) = randomGraph(UInt64(seed))
    let layout = LayeredLayout(sizes: sizes, edges: edges, direction: .leftToRight)
    let boxes = boxes(layout, sizes)
    for (edge, route) in zip(edges, layout.routes) {
      for (start, end) in zip(route.dropFirst(2), route.dropFirst(3)) where abs(start.y - end.y) < 0.01 {
        for (node, box) in boxes.enumerated() where node != edge.from && node != edge.to {
          let crosses = start.x < box.right && end.x > box.left && start.y > box.top && start.y < box.bottom
          #expect(!crosses, "the edge \(edge) runs through \(node)")
        }
      }
    }
  }

  @Test(arguments: 0..<20) func `the same graph gets the same layout`(seed: Int) {
    let (sizes, edges) = randomGraph(UInt64(seed))
    let first = LayeredLayout(sizes: sizes, edges: edges, direction: .leftToRight)
    let second = LayeredLayout(sizes: sizes, edges: edges, direction: .leftToRight)
    #expect(first.centres == second.centres)
    #expect(first.routes == second.routes)
  }

  @Test(arguments: 2..<20) func `a long edge is straight, and so is the chain beside it`(length: Int) {
    let sizes = (0...length).map { Extent(width: 60 + Double($0 % 3) * 40, height: 40) }
    let chain: Edges = (0..<length).map { ($0, $0 + 1) }
    let layout = LayeredLayout(sizes: sizes, edges: chain + [(0, length)], direction: .leftToRight)
    let bends = layout.routes[length].dropFirst(2).dropLast(2)
    #expect(Set(bends.map(\.y)).count == 1)
    #expect(Set(layout.centres[1..<length].map(\.y)).count == 1)
  }

  @Test func `a chain is a straight line in as many layers as it has nodes`() {
    let sizes = Array(repeating: Extent(width: 50, height: 30), count: 60)
    let layout = LayeredLayout(sizes: sizes, edges: (1..<60).map { ($0 - 1, $0) }, direction: .leftToRight)
    #expect(Set(layout.centres.map(\.y)) == [15])
    #expect(Set(layout.centres.map(\.x)).count == 60)
    #expect(layout.routes.allSatisfy { route in Set(route.map(\.y)) == [15] })
  }

  @Test func `parallel steps share a layer, with their source and sink in the middle`() {
    let sizes = Array(repeating: Extent(width: 50, height: 30), count: 32)
    let edges: Edges = (1...30).flatMap { [(0, $0), ($0, 31)] }
    let layout = LayeredLayout(sizes: sizes, edges: edges, direction: .leftToRight)
    #expect(Set(layout.centres[1...30].map(\.x)).count == 1)
    #expect(abs(layout.centres[0].y - layout.extent.height / 2) < 30)
    #expect(layout.centres[0].y == layout.centres[31].y)
  }

  @Test func `crossings that need not be are undone`() {
    // Three chains of which the middle layer is numbered the other way round.
    let sizes = Array(repeating: Extent(width: 50, height: 30), count: 9)
    let edges: Edges = [(0, 5), (1, 4), (2, 3), (5, 6), (4, 7), (3, 8), (0, 4), (1, 3)]
    let layout = LayeredLayout(sizes: sizes, edges: edges, direction: .leftToRight)
    for (index, first) in edges.enumerated() {
      for second in edges[(index + 1)...] where layout.centres[first.from].x == layout.centres[second.from].x {
        let before = layout.centres[first.from].y - layout.centres[second.from].y
        let after = layout.centres[first.to].y - layout.centres[second.to].y
        #expect(before * after >= 0, "\(first) crosses \(second)")
      }
    }
  }

  @Test func `what nothing leads to stands right before what it leads to`() {
    // 0 -> 1 -> 2 -> 3, and the inputs 4 -> 3, 5 -> 1.
    let sizes = Array(repeating: Extent(width: 50, height: 30), count: 6)
    let layout = LayeredLayout(
      sizes: sizes, edges: [(0, 1), (1, 2), (2, 3), (4, 3), (5, 1)], direction: .leftToRight)
    #expect(layout.centres[4].x == layout.centres[2].x)
    #expect(layout.centres[5].x == layout.centres[0].x)
  }

  @Test func `cycles and edges to oneself are laid out, too`() {
    let sizes = Array(repeating: Extent(width: 50, height: 30), count: 3)
    let layout = LayeredLayout(sizes: sizes, edges: [(0, 1), (1, 2), (2, 0), (1, 1)], direction: .leftToRight)
    #expect(Set(layout.centres.map(\.x)).count == 3)
    #expect(layout.routes[3].isEmpty)
    #expect(isAscending(layout.routes[2].reversed().map(\.x)))
  }

  @Test func `nothing is a layout of nothing, and one node needs no edge`() {
    #expect(LayeredLayout(sizes: [], edges: [], direction: .topDown).centres.isEmpty)
    let one = LayeredLayout(sizes: [Extent(width: 50, height: 30)], edges: [], direction: .topDown)
    #expect(one.centres == [Point(x: 25, y: 15)])
    #expect(one.extent == Extent(width: 50, height: 30))
  }

  @Test func `very large graphs are laid out, with the longest edges straight`() {
    let count = 8000
    let sizes = Array(repeating: Extent(width: 50, height: 30), count: count)
    // Every fiftieth node also leads to the last: half a million bends, if there were no limit.
    let edges: Edges =
      (1..<count).map { ($0 - 1, $0) } + stride(from: 0, to: count - 1, by: 50).map { ($0, count - 1) }
    let layout = LayeredLayout(sizes: sizes, edges: edges, direction: .leftToRight)
    #expect(layout.routes.allSatisfy { $0.count >= 4 })
    #expect(layout.routes.contains { $0.count > 100 })
    #expect(layout.routes[count - 1].count == 4)
  }
}
