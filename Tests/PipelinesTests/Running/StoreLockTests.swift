import Dataflow
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// The lock that a copy has alone and runs share.
@Suite struct StoreLockTests {
  let folder: TemporaryFolder
  let runner: PipelineRunner
  private var lock: StoreLock { StoreLock("sqlite:\(folder.path("data/twin.sqlite"))") }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("# Looms\n\nWhat I think of looms.\n", to: "notes/looms.md")
    runner = PipelineRunner(
      try folder.stores("author: Ada Example\nsources: [notes]\nembedding: {model: hash}\n"))
  }

  @Test func `nothing that writes to the vector store goes on during a copy to it`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    let deletion = Deletion(runner.stores)
    try await lock.holdAlone { () async throws -> Void in
      await #expect(throws: PipelineError.self) { try await runner.run(.features) }
      await #expect(throws: PipelineError.self) { try await runner.dropVectors() }
      await #expect(throws: PipelineError.self) { try await runner.migrateVectors() }
      await #expect(throws: PipelineError.self) { try await deletion.perform(.author("Ada Example")) }
      let error = await #expect(throws: PipelineError.self) { try await lock.holdAlone {} }
      #expect(error?.description.contains("(\(ProcessInfo.processInfo.processIdentifier))") == true)
      // What only reads it, or does not touch it, does.
      #expect(try await runner.verifyVectors(.references).isSound)
      #expect(try await runner.run(.etl).status == .unchanged)
    }
    #expect(try await runner.run(.features).status == .unchanged)
  }

  @Test func `runs with several configurations share it, and a copy waits for them`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    try await lock.share { () async throws -> Void in
      #expect(try await runner.run(.features).status == .succeeded)
      await #expect(throws: PipelineError.self) { try await lock.holdAlone {} }
    }
    try await lock.holdAlone {}
  }

  @Test func `one file has one lock, whatever it is called`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("other.sqlite"), withDestinationPath: folder.path("data/twin.sqlite"))
    let other = StoreLock("sqlite://\(folder.path("other.sqlite"))")
    try await lock.holdAlone { () async throws -> Void in
      await #expect(throws: PipelineError.self) { try await other.holdAlone {} }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("other.sqlite.lock")))
  }

  @Test func `a store that is not there and a server have none`() async throws {
    try await StoreLock("sqlite:\(folder.path("none/twin.sqlite"))").holdAlone {}
    try await StoreLock("http://127.0.0.1:6333").holdAlone {}
    #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
  }
}
