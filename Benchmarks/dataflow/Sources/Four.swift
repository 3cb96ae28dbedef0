import DataflowMacros
import Foundation

/// The pipeline of four trivial steps that the peers run, too.
@Pipeline
private struct Four {
  @Step func numbers(count: Int) -> [Int] { Array(0..<count) }
  @Step func grown(numbers: [Int]) -> [Int] { numbers.map { $0 + 2 } }
  @Step func sums(grown: [Int]) -> [Int] { grown.indices.map { grown[...$0].reduce(0, +) } }
  @Step func total(sums: [Int]) -> Int { sums.last ?? 0 }
}

/// Runs them; with a folder as a user would: with a cache and a record of the run.
func runFour(folder: URL?) async throws {
  var options = RunOptions(pipeline: "four")
  if let folder {
    options.cache = ResultCache(folder.appending(path: "cache"))
    options.store = RunStore(folder.appending(path: "runs"))
  }
  let run = try await Four().run([.total], Four.Inputs(count: 10), options: options)
  try require(run.value(.total) == 65)
}
