import Dataflow
import Foundation

/// The pipeline of four trivial steps that the peers run, too.
private func four() -> Graph {
  Graph([
    StepNode(
      "numbers", needs: [Need("count", Int.self)], produces: .of([Int].self),
      body: .plain { _, arguments in Array(0..<(try arguments.value(0, as: Int.self))) }),
    StepNode(
      "grown", needs: [Need("numbers", [Int].self)], produces: .of([Int].self),
      body: .plain { _, arguments in try arguments.value(0, as: [Int].self).map { $0 + 2 } }),
    StepNode(
      "sums", needs: [Need("grown", [Int].self)], produces: .of([Int].self),
      body: .plain { _, arguments in
        let grown: [Int] = try arguments.value(0)
        return grown.indices.map { grown[...$0].reduce(0, +) }
      }),
    StepNode(
      "total", needs: [Need("sums", [Int].self)], produces: .of(Int.self),
      body: .plain { _, arguments in try arguments.value(0, as: [Int].self).last ?? 0 }),
  ])
}

/// Runs them; with a folder as a user would: with a cache and a record of the run.
func runFour(folder: URL?) async throws {
  var options = RunOptions(pipeline: "four")
  if let folder {
    options.cache = ResultCache(folder.appending(path: "cache"))
    options.store = RunStore(folder.appending(path: "runs"))
  }
  let run = try await four().run(["total"], inputs: ["count": 10], options: options)
  try require(run.value(of: "total") == 65)
}
