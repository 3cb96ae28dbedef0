import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct PruningTests {
  let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  func left() -> [Int] {
    (0..<100).filter { number in runs.store.list().runs.contains { $0.runID == runs.id(number) } }
  }

  func add(_ numbers: ClosedRange<Int>, pipeline: String = "features") throws {
    for number in numbers { try runs.add(number, pipeline: pipeline, artifacts: [artifact("chunks")]) }
  }

  @Test func `the newest runs of each pipeline stay`() throws {
    try add(1...5)
    try add(6...8, pipeline: "etl")
    let plan = try runs.store.prune(keep: 2, dryRun: true)
    #expect(left() == Array(1...8))
    #expect(try runs.store.prune(keep: 2) == plan)
    #expect(plan.removed == [6, 3, 2, 1].map(runs.id))
    #expect(left() == [4, 5, 7, 8])
    #expect(try runs.store.prune(keep: 1, pipeline: "etl").removed == [runs.id(7)])
    #expect(left() == [4, 5, 8])
    #expect(try FileManager.default.contentsOfDirectory(atPath: runs.store.folder.path).count == 3)
  }

  @Test func `a run that is under way stays, one that was killed goes`() throws {
    for number in 1...2 { try runs.add(number, ["status": "running"]) }
    let mark = try runs.store.markRunning(runs.id(2))
    try add(3...4)
    let result = try runs.store.prune(keep: 1)
    #expect(result.removed == [runs.id(3), runs.id(1)])
    #expect(result.running == [runs.id(2)])
    mark.end()
    #expect(try runs.store.prune(keep: 1).removed == [runs.id(2)])
  }

  @Test func `the last record of an artifact stays, so that versions go on from there`() async throws {
    try runs.add(1, artifacts: [artifact("chunks", version: 6)])
    try runs.add(2, artifacts: [artifact("chunks", version: 7), artifact("points", version: 3)])
    try runs.add(3, artifacts: [artifact("points", version: 4)])
    let result = try runs.store.prune(keep: 1)
    #expect(result.removed == [runs.id(1)])
    #expect(result.needed == [runs.id(2)])
    let graph = Graph([StepNode<Void>("chunks") { _, _ in 1 }])
    let options = RunOptions(pipeline: "features", store: runs.store)
    #expect(try await graph.run(["chunks"], options: options).record.artifacts.map(\.version) == [8])
    #expect(try runs.store.prune(keep: 1).removed == [runs.id(2)])
  }

  @Test func `what is none of ours is left alone, and what a crash left is removed`() throws {
    try add(1...3)
    try runs.folder.write("mine", to: "runs/photos/cat.txt")
    try runs.folder.write("{", to: "runs/01980000/run.json")
    try runs.folder.write("{}", to: "runs/.quarantine/features/a.json")
    try runs.folder.write("{}", to: "runs/.pruned-\(runs.id(0))/run.json")
    try runs.folder.write("", to: "runs/\(runs.id(9))/.running")
    let result = try runs.store.prune(keep: 2)
    #expect(result.removed == [runs.id(9), runs.id(1)])
    let entries = try FileManager.default.contentsOfDirectory(atPath: runs.store.folder.path)
    #expect(Set(entries) == [runs.id(2), runs.id(3), "photos", "01980000", ".quarantine"])
  }

  @Test func `a process that is killed while it prunes leaves no record in part`() async throws {
    try add(1...40)
    let folder = runs.store.folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
      // Whatever the thread that prunes has done by the time the first record is gone.
      let thread = Thread { _ = try? RunStore(URL(fileURLWithPath: folder)).prune(keep: 1) }
      thread.start()
      let last = "\(folder)/01990000-0027-7000-8000-000000000000"
      while FileManager.default.fileExists(atPath: last) {}
      kill(getpid(), SIGKILL)
    }
    let (listed, unreadable) = runs.store.list()
    #expect(unreadable.isEmpty)
    #expect(listed.allSatisfy { $0.artifacts.count == 1 })
    try runs.store.prune(keep: 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [runs.id(40)])
  }

  @Test func `an empty or missing store has nothing to prune`() throws {
    #expect(try runs.store.prune(keep: 3).removed.isEmpty)
  }
}
