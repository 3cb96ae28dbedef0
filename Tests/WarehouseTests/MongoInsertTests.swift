import BSON
import Domain
import TestSupport
import Testing

@testable import Warehouse

/// What breaks in the middle of an insertion is repeated or reported: exactly what counts as inserted is stored, once.
@Suite("MongoDB insertions") struct MongoInsertTests {
  struct Loss: Sendable, CustomTestStringConvertible {
    let command: Int
    let isAnswerLost: Bool
    let times: Int
    let isOrdered: Bool
    let isStandalone: Bool

    var testDescription: String {
      "\(isStandalone ? "standalone" : "replica set"), \(isOrdered ? "ordered" : "unordered"), command \(command), "
        + "\(isAnswerLost ? "answer" : "request") lost \(times) times"
    }

    /// Whether one of the attempts gets through: three of ours, each of which libmongoc makes twice if it may.
    var isHealed: Bool { times < (isStandalone ? 3 : 6) }
  }

  static let losses = [1, 3].flatMap { command in
    [true, false].flatMap { isAnswerLost in
      (command == 1 ? [false] : [true, false]).flatMap { isOrdered in
        [true, false].flatMap { isStandalone in
          // One and several attempts are lost, and all of them.
          (isStandalone ? [1, 2, 3] : [1, 2, 6]).map { times in
            Loss(
              command: command, isAnswerLost: isAnswerLost, times: times, isOrdered: isOrdered,
              isStandalone: isStandalone)
          }
        }
      }
    }
  }

  @Test(arguments: losses)
  func `a connection that breaks loses and doubles nothing`(loss: Loss) async throws {
    let limits = ["--limits", "16777216,48000000,100"]
    let peer =
      try loss.isStandalone
      ? MongoPeer("--standalone", limits[0], limits[1]) : MongoPeer(limits[0], limits[1])
    let recipes = try await peer.open().collection(Recipe.self)
    #expect(try await recipes.count() == 0)
    let all = (0..<250).map { Recipe($0) }
    try await peer.drop(atWrite: loss.command, isAnswerLost: loss.isAnswerLost, times: loss.times)
    let outcomes = try await recipes.insert(all, ordered: loss.isOrdered)
    #expect(outcomes.count == 250)
    let inserted = zip(all, outcomes).filter { $0.1 == .inserted }.map(\.0)
    let stored = try await recipes.all()
    #expect(Set(stored) == Set(inserted))
    if loss.isHealed {
      #expect(outcomes.allSatisfy { $0 == .inserted })
    } else {
      // All of the command that was given up, and what came behind it, is accounted for.
      let first = (loss.command - 1) * 100
      #expect(outcomes[..<first].allSatisfy { $0 == .inserted })
      #expect(outcomes[first...].allSatisfy { ($0 == .inserted) == false } || loss.isAnswerLost)
      for outcome in outcomes[first..<min(first + 100, 250)] where outcome != .inserted {
        guard case .failed(.unconfirmed) = outcome else { throw Unexpected("\(outcome)") }
      }
    }
    // What is left can be inserted later, and nothing else.
    let again = try await recipes.insert(all)
    #expect(zip(outcomes, again).allSatisfy { ($0 == .inserted) != ($1 == .inserted) })
    #expect(try await recipes.count() == 250)
  }

  @Test(arguments: [true, false])
  func `what others had stored is told apart when the answers are lost`(isOrdered: Bool) async throws {
    let peer = try MongoPeer()
    let recipes = try await peer.open().collection(Recipe.self)
    try await recipes.insert(Recipe(7, title: "of another"))
    let all = (0..<20).map { Recipe($0) }
    try await peer.drop(atWrite: 1, isAnswerLost: true, times: 2)
    let outcomes = try await recipes.insert(all, ordered: isOrdered)
    for (number, outcome) in outcomes.enumerated() {
      switch (number, outcome) {
      case (7, .failed(.unconfirmed)): break
      case (8..., .skipped) where isOrdered: break
      case (_, .inserted) where number != 7: break
      default: Issue.record("document \(number): \(outcome)")
      }
    }
    #expect(try await recipes.document(Recipe(7).id)?.title == "of another")
    #expect(try await recipes.count() == (isOrdered ? 8 : 20))
  }

  @Test func `a document that occurs twice is inserted once, though the answer is lost`() async throws {
    let peer = try MongoPeer("--standalone")
    let recipes = try await peer.open().collection(Recipe.self)
    _ = try await recipes.save([])
    try await peer.drop(atWrite: 1, isAnswerLost: true)
    let outcomes = try await recipes.insert([Recipe(1), Recipe(1), Recipe(2)])
    #expect(outcomes.map { $0 == .inserted } == [true, false, true])
    #expect(try await recipes.count() == 2)
  }

  @Test func `what the replicas do not confirm is reported as such`() async throws {
    let peer = try MongoPeer()
    let recipes = try await peer.open().collection(Recipe.self)
    _ = try await recipes.save([])
    try await peer.keepUnreplicated(1)
    let outcomes = try await recipes.insert([Recipe(1), Recipe(2)])
    for outcome in outcomes {
      guard case .failed(.unconfirmed(_, _, let reason)) = outcome else { throw Unexpected("\(outcome)") }
      #expect(reason.contains("replication timed out"))
    }
  }

  @Test func `a server that is gone has inserted nothing that is known of`() async throws {
    let peer = try MongoPeer()
    var options = WarehouseOptions()
    options.serverSelectionTimeout = .milliseconds(300)
    let recipes = try await Warehouse.open(peer.url, options: options).collection(Recipe.self)
    _ = try await recipes.save([])
    peer.server.stop()
    // The connection still seems to be there when the first ones are sent.
    for outcome in try await recipes.insert([Recipe(1), Recipe(2)]) {
      guard case .failed(.unconfirmed) = outcome else { throw Unexpected("\(outcome)") }
    }
    let error = await #expect(throws: WarehouseError.self) { try await recipes.insert([Recipe(1)]) }
    guard case .serverUnreachable = error else { throw Unexpected("the error was \(String(describing: error))") }
  }

  @Test(arguments: [true, false])
  func `the server's own limits are respected`(isOrdered: Bool) async throws {
    let peer = try MongoPeer("--limits", "20000,65536,10")
    let recipes = try await peer.open().collection(Recipe.self)
    var all = (0..<60).map { Recipe($0, title: String(repeating: "x", count: $0 < 10 ? 10 : 15_000)) }
    all[40].title = String(repeating: "x", count: 25_000)
    let outcomes = try await recipes.insert(all, ordered: isOrdered)
    guard case .failed(let error) = outcomes[40] else { throw Unexpected("\(outcomes[40])") }
    #expect(error.description.contains("a store takes at most 20000"))
    #expect(outcomes[..<40].allSatisfy { $0 == .inserted })
    #expect(outcomes[41...].allSatisfy { $0 == (isOrdered ? .skipped : .inserted) })
    let batches = try await peer.batches()
    #expect(batches.max() == 10 && batches.count >= 6)
    let saved = try await recipes.save(all.map { Recipe($0.servings, title: "short") } + [all[40]])
    #expect(saved[..<40].allSatisfy { $0 == .updated })
    guard case .failed(.documentTooLarge) = saved[60] else { throw Unexpected("\(saved[60])") }
    #expect(try await recipes.count() == 60)
  }
}
