import Foundation
import TestSupport
import Testing

/// The server that a command starts for a model file ends with the command, however that ends.
@Suite struct LlamaServerEndTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let script = packageRoot.appending(path: "Tests/Peers/llama_server.py").path
    let program = try folder.write("#!/bin/sh\nexec '\(testPython)' '\(script)' \"$@\"\n", to: "llama-server")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
  }

  private func arguments(_ faults: String) throws -> [String] {
    let model = try folder.write(faults, to: "tiny.gguf")
    return ["generate", "Well?", "--model", model, "--set", "language_model.program=\(folder.path("llama-server"))"]
  }

  /// The server's process number, once it runs.
  private func server() async throws -> Int32 {
    for _ in 0..<500 {
      if let text = try? String(contentsOfFile: folder.path("tiny.gguf.pid"), encoding: .utf8), let id = Int32(text) {
        return id
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    return try #require(nil, "the server was not started")
  }

  /// Whether a process is gone within some seconds: who waits for it is the system's first process, in its own time.
  private func isGone(_ process: Int32) async throws -> Bool {
    for _ in 0..<500 {
      if kill(process, 0) != 0 || isZombie(process) { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  private func isZombie(_ process: Int32) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return status?.split(separator: " ").dropFirst(2).first == "Z"
  }

  @Test func `a command that is done has ended its server`() async throws {
    let result = try await twin(arguments("slow"), folder: folder.url.path)
    #expect(result.status == 0 && result.output == "chat 1 of tiny\n", "\(result)")
    #expect(try await isGone(server()))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
  func `a command that a signal ends takes its server with it`(signal: Int32) async throws {
    let command = try ChildProcess(
      twinExecutable, arguments("deaf"), environment: bareEnvironment, folder: folder.url.path)
    let server = try await server()
    command.send(signal)
    #expect(await command.ended() == (signal == SIGKILL ? -SIGKILL : 130))
    #expect(try await isGone(server))
  }
}
