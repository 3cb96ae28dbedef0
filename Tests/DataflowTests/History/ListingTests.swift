import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct ListingTests {
  @Test func `only as many runs are read as are asked for`() throws {
    let runs = try RecordedRuns()
    for number in 1...6 { try runs.add(number, pipeline: number.isMultiple(of: 2) ? "etl" : "features") }
    // Read, they would be reported.
    for number in 1...2 { try runs.folder.write("{", to: "runs/\(runs.id(number))/run.json") }
    let (listed, unreadable) = runs.store.list(limit: 4)
    #expect(listed.map(\.runID) == [6, 5, 4, 3].map(runs.id))
    #expect(unreadable.isEmpty)
    #expect(runs.store.list(limit: 1, pipeline: "features").runs.map(\.runID) == [runs.id(5)])
    #expect(runs.store.list(pipeline: "etl").runs.map(\.runID) == [6, 4].map(runs.id))
    #expect(runs.store.list(pipeline: "etl").unreadable.count == 2)
    #expect(runs.store.list(limit: 0).runs.isEmpty)
  }
}
