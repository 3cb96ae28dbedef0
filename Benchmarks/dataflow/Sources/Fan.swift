import Dataflow

func measureFan(_ count: Int) async throws -> [String: Double] {
  let clock = ContinuousClock()
  let items = Array(0..<count)
  let start = clock.now
  let graph = Graph([
    StepNode(
      "mapped", needs: [Need("items", [Int].self)], produces: .of([Int].self),
      fan: .each("items", [Int].self, producing: Int.self),
      body: .plain { _, arguments in try arguments.value(0, as: Int.self) + 1 }),
    StepNode(
      "total", needs: [Need("mapped", [Int].self)], produces: .of(Int.self),
      body: .plain { _, arguments in try arguments.value(0, as: [Int].self).reduce(0, +) }),
  ])
  let built = clock.now
  let run = try await graph.run(["total"], inputs: ["items": items])
  let ended = clock.now
  try require(run.value(of: "total") == count * (count + 1) / 2)
  return ["build": (built - start).seconds, "run": (ended - built).seconds]
}

func measureStream(_ count: Int) async throws -> [String: Double] {
  let clock = ContinuousClock()
  let start = clock.now
  let graph = Graph([
    StepNode(
      "items", needs: [Need("count", Int.self)], produces: .of([Int].self), stream: StreamType(Int.self),
      body: .plain { _, arguments in ItemStream(0..<(try arguments.value(0, as: Int.self))) }),
    StepNode(
      "mapped", needs: [Need("items", [Int].self)], produces: .of([Int].self),
      fan: .each("items", [Int].self, producing: Int.self),
      body: .plain { _, arguments in try arguments.value(0, as: Int.self) + 1 }),
    StepNode(
      "kept", needs: [Need("mapped", [Int].self)], produces: .of([Int].self),
      fan: .flat("mapped", [Int].self, producing: Int.self),
      body: .plain { _, arguments in
        let item: Int = try arguments.value(0)
        let kept: [Int] = item % 1_000 == 0 ? [item] : []
        return kept
      }),
  ])
  let built = clock.now
  let run = try await graph.run(["kept"], inputs: ["count": count])
  let ended = clock.now
  try require(run.value(of: "kept", as: [Int].self).count == count / 1_000)
  return ["build": (built - start).seconds, "run": (ended - built).seconds]
}
