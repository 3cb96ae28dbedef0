// The engine without macros: steps are values, a graph is a list of them, and all of it runs by names.
//
//   swift run PlainGraph
//
// The target depends on the product `Dataflow` alone, so nothing of swift-syntax is built. What the macros would have
// the compiler check is checked here before anything runs: `Graph.check` says what would run, or all that is wrong.

import Dataflow

@main
struct PlainGraph {
  /// A week's temperatures: converted one by one, then looked at together.
  static let week = Graph([
    // Fans out: the body sees one item of `fahrenheit`, and the product is the list of what it gives, in order.
    StepNode(
      "celsius", needs: [Need("fahrenheit", [Double].self)], produces: .of([Double].self),
      fan: .each("fahrenheit", [Double].self, producing: Double.self),
      body: .plain { _, arguments in
        let fahrenheit: Double = try arguments.value(0)
        return (fahrenheit - 32) / 1.8
      }),
    // Collects: the arguments stand in the order of the needs.
    StepNode("mean", needs: [Need("celsius", [Double].self)]) { _, arguments in
      let celsius: [Double] = try arguments.value(0)
      return celsius.reduce(0, +) / Double(max(celsius.count, 1))
    },
    // Has an input with a default.
    StepNode("warmDays", needs: [Need("celsius", [Double].self), Need("limit", Double.self, default: 20)]) {
      _, arguments in
      let celsius: [Double] = try arguments.value(0)
      let limit: Double = try arguments.value(1)
      return celsius.count { $0 > limit }
    },
  ])

  static func main() async throws {
    let inputs: [String: any Sendable] = ["fahrenheit": [59.0, 63.5, 68.0, 77.0, 71.6, 66.2, 57.2]]

    print("to run:", try week.check(["mean", "warmDays"], inputs: inputs).joined(separator: ", "))
    let run = try await week.run(["mean", "warmDays"], inputs: inputs)
    let mean: Double = try run.value(of: "mean")
    let warmDays: Int = try run.value(of: "warmDays")
    print("mean: \((mean * 10).rounded() / 10) °C, warm days: \(warmDays), run: \(run.record.status.rawValue)")

    do {
      _ = try week.check(["means"], inputs: ["farenheit": [59.0]])
    } catch let error as DataflowError {
      print(error)
    }
  }
}
