import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct InterruptedRunTests {
  let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  func addRunning(_ fields: [String: JSONValue] = [:]) throws -> RunRecord {
    let running: JSONValue = ["status": "running", "seconds": 0]
    guard case .object(let all) = running.merging(fields) else { return try runs.add(1) }
    return try runs.add(1, all)
  }

  @Test func `a run is running while its mark is held and interrupted when it is not`() throws {
    let mark = try runs.store.markRunning(runs.id(1))
    #expect(try addRunning().status == .running)
    #expect(runs.store.list().runs.map(\.status) == [.running])
    mark.end()
    #expect(try runs.store.load(runs.id(1)).status == .interrupted)
    #expect(runs.store.list().runs.map(\.status) == [.interrupted])
    mark.end()
  }

  @Test func `readers leave the file as it is, and others' looks do not count as the run`() throws {
    _ = try addRunning()
    let file = runs.store.folder.appending(path: "\(runs.id(1))/run.json")
    let before = try Data(contentsOf: file)
    let mark = try runs.store.markRunning(runs.id(1))
    for _ in 0..<3 { #expect(try runs.store.load(runs.id(1)).status == .running) }
    mark.end()
    for _ in 0..<3 { #expect(try runs.store.load(runs.id(1)).status == .interrupted) }
    #expect(try Data(contentsOf: file) == before)
  }

  @Test func `a run that ended is what it says, mark or none`() throws {
    let mark = try runs.store.markRunning(runs.id(1))
    #expect(try runs.add(1).status == .succeeded)
    mark.end()
    #expect(try runs.store.load(runs.id(1)).status == .succeeded)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: runs.store.folder.appending(path: runs.id(1)).path)
    #expect(Set(left) == ["run.json"])
  }

  @Test func `a mark that is dropped without an end is free`() throws {
    _ = try addRunning()
    do {
      let mark = try runs.store.markRunning(runs.id(1))
      #expect(try runs.store.load(runs.id(1)).status == .running)
      withExtendedLifetime(mark) {}
    }
    #expect(try runs.store.load(runs.id(1)).status == .interrupted)
  }

  @Test func `a run cannot be marked twice at once`() throws {
    let mark = try runs.store.markRunning(runs.id(1))
    let error = #expect(throws: DataflowError.self) { try runs.store.markRunning(runs.id(1)) }
    #expect(error?.description.contains("another process holds it") == true)
    mark.end()
    try runs.store.markRunning(runs.id(1)).end()
  }

  @Test func `the mark of a process that is killed is free`() async throws {
    let (folder, id) = (runs.store.folder.path, runs.id(1))
    await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, id = id as String] in
      let store = RunStore(URL(fileURLWithPath: folder))
      let mark = try store.markRunning(id)
      withExtendedLifetime(mark) { _ = kill(getpid(), SIGKILL) }
    }
    #expect(FileManager.default.fileExists(atPath: "\(folder)/\(id)/.running"))
    #expect(runs.store.list().unreadable.isEmpty)
    #expect(try addRunning().status == .interrupted)
  }

  @Test func `of another host's run nothing is known but what its record says`() throws {
    let environment: JSONValue = ["os": "Linux", "swift": "6.3", "host": "elsewhere.invalid"]
    #expect(try addRunning(["environment": environment]).status == .running)
  }

  @Test func `an interrupted record fits the schema`() throws {
    let record = try addRunning()
    #expect(try JSONSchema("run.schema.json").problems(in: record.json()) == [])
  }
}
