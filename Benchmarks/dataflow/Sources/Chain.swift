import Dataflow

/// Steps that each add 1 to what the one before made.
func chain(_ count: Int) -> Graph {
  Graph(
    (0..<count).map { index in
      StepNode(
        "s\(index)", needs: [Need(index == 0 ? "x" : "s\(index - 1)", Int.self)], produces: .of(Int.self),
        body: .plain { _, arguments in try arguments.value(0, as: Int.self) + 1 })
    })
}

func measureChain(_ count: Int) async throws -> [String: Double] {
  let clock = ContinuousClock()
  let start = clock.now
  let graph = chain(count)
  let built = clock.now
  let run = try await graph.run(["s\(count - 1)"], inputs: ["x": 0])
  let ended = clock.now
  try require(run.value(of: "s\(count - 1)") == count)
  return ["build": (built - start).seconds, "run": (ended - built).seconds]
}

func measureIndependent(_ count: Int) async throws -> [String: Double] {
  let clock = ContinuousClock()
  let start = clock.now
  let graph = Graph(
    (0..<count).map { index in
      StepNode(
        "s\(index)", needs: [Need("x", Int.self)], produces: .of(Int.self),
        body: .plain { _, arguments in try arguments.value(0, as: Int.self) + index })
    })
  let names = (0..<count).map { "s\($0)" }
  let built = clock.now
  let run = try await graph.run(names, inputs: ["x": 1])
  let ended = clock.now
  let sum = try names.reduce(0) { try $0 + run.value(of: $1, as: Int.self) }
  try require(sum == count + count * (count - 1) / 2)
  return ["build": (built - start).seconds, "run": (ended - built).seconds]
}
