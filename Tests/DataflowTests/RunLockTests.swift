import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct RunLockTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func lock(_ pipeline: String = "features", _ key: String = "/configs/me.yaml") -> RunLock {
    RunLock(folder: folder.url.appending(path: "locks"), pipeline: pipeline, key: key)
  }

  @Test func `two runs of one pipeline and configuration do not go on at once`() async throws {
    let lock = lock()
    let own = "\(ProcessInfo.processInfo.processIdentifier)"
    let other = self.lock("etl")
    let result = try await lock.hold {
      await #expect(throws: DataflowError.locked(pipeline: "features", process: own)) { try await lock.hold {} }
      return try await other.hold { "both" }
    }
    #expect(result == "both")
    #expect(try await lock.hold { "again" } == "again")
  }

  @Test func `the lock is released when the work throws`() async throws {
    let lock = lock()
    await #expect(throws: Broken.self) { try await lock.hold { throw Broken(description: "x") } }
    try await lock.hold {}
  }

  @Test func `a lock held by another process is seen, until that process is killed`() async throws {
    let lock = lock()
    try await lock.hold {}
    let (input, output) = (try PrivatePipe(), try PrivatePipe())
    let script = """
      import fcntl, os, sys
      file = open(sys.argv[1], "w")
      fcntl.flock(file, fcntl.LOCK_EX)
      file.write(f"{os.getpid()}\\n"); file.flush()
      print("ready", flush=True)
      sys.stdin.read()
      """
    let process = try ChildProcess(
      testPython, ["-c", script, lock.file.path], input: input.reading, output: output.writing)
    defer { process.send(SIGKILL) }
    // Held by the child alone, so that its death ends the read below.
    try output.writing.close()
    _ = try output.reading.read(upToCount: 5)
    await #expect(throws: DataflowError.locked(pipeline: "features", process: "\(process.processIdentifier)")) {
      try await lock.hold {}
    }
    process.send(SIGKILL)
    process.wait()
    try await lock.hold {}
  }
}
