import Foundation
import Testing

/// Writers that end in the middle of their work, as by `kill -9` or when the machine runs out of memory.
///
/// `TWIN_TEST_KILLS` says how many are killed on each store, and `TWIN_TEST_KILLS_REPORT` names a folder for what was
/// found; `Benchmarks/warehouse/kill` sets both.
@Suite("Killed writers", .dropsDatabases, .serialized) struct KillTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let kills = environment["TWIN_TEST_KILLS"].flatMap(Int.init) ?? 12
  /// So many share a store: the peer's time for an insertion grows with the documents that are there.
  private static let killsPerStore = 12

  @Test(arguments: TestStore.available)
  func `a writer that is killed at any moment has lost nothing that it confirmed`(store: TestStore) async throws {
    var findings = KillTrial.Findings()
    for series in stride(from: 0, to: Self.kills, by: Self.killsPerStore) {
      var trial = try await KillTrial(store, seed: UInt64(series + 1))
      for number in series..<min(series + Self.killsPerStore, Self.kills) {
        let moments = KillTrial.Moment.allCases
        try await trial.kill(at: moments[number % moments.count])
      }
      try await trial.finish()
      findings.add(trial.findings)
    }
    #expect(findings.kills.values.reduce(0, +) == Self.kills)
    #expect(findings.confirmed > 0)
    #expect(findings.lost == 0)
    #expect(findings.twice == 0)
    #expect(findings.torn == 0)
    if let folder = Self.environment["TWIN_TEST_KILLS_REPORT"] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      try encoder.encode(findings).write(to: URL(fileURLWithPath: folder).appending(path: "\(store.rawValue).json"))
    }
  }
}
