import Dataflow
import Foundation

func measureCache(_ count: Int) async throws -> [String: Double] {
  let folder = FileManager.default.temporaryDirectory.appending(path: "benchmark-\(UUID())")
  defer { try? FileManager.default.removeItem(at: folder) }
  // A new graph and a new cache each time: all that the second run knows lies in the folder.
  func seconds() async throws -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    let run = try await chain(count).run(
      ["s\(count - 1)"], inputs: ["x": 0], options: RunOptions(pipeline: "chain", cache: ResultCache(folder)))
    try require(run.value(of: "s\(count - 1)") == count)
    return (clock.now - start).seconds
  }
  let cold = try await seconds()
  let warm = try await seconds()
  return ["cold": cold, "warm": warm]
}
