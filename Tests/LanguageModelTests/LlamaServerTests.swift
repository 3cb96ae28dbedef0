import Foundation
import HTTP
import LanguageModel
import TestSupport
import Testing

/// A server that is started for a model file: a program of the tests' own stands in for it.
struct LlamaServerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Makes the stand-in executable under a name, and the model file with what is to go wrong.
  private func configuration(_ faults: String = "", program: String = "llama-server") throws
    -> LlamaServerConfiguration
  {
    let script = packageRoot.appending(path: "Tests/Peers/llama_server.py").path
    let path = try folder.write("#!/bin/sh\nexec '\(testPython)' '\(script)' \"$@\"\n", to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return LlamaServerConfiguration(
      modelPath: try folder.write(faults, to: "tiny.gguf"), contextLength: 2048, threads: 2, program: path)
  }

  private func processIdentifier() throws -> Int32 {
    try #require(Int32(String(contentsOfFile: folder.path("tiny.gguf.pid"), encoding: .utf8)))
  }

  private func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 }

  @Test func `the first request starts the server with its file, context and threads, and stopping ends it`()
    async throws
  {
    let model = LlamaServerModel(try configuration("slow"), client: HTTPClient())
    #expect(model.name == "llama_cpp/tiny")
    let reply = try await model.generate(question())
    #expect(reply.text == "chat 1 of tiny" && reply.model == "llama_cpp/tiny")
    #expect(try await model.generate(question()).text == "chat 2 of tiny")
    let words = try JSONDecoder().decode(
      [String].self, from: Data(contentsOf: folder.url.appending(path: "tiny.gguf.arguments")))
    #expect(words.contains("--ctx-size") && words.contains("2048") && words.contains("--threads"))
    let process = try processIdentifier()
    #expect(isRunning(process))
    await model.stop()
    #expect(!isRunning(process))
  }

  @Test func `the Python module is started and asked in its own way`() async throws {
    let model = LlamaServerModel(try configuration("slow", program: "python3"), client: HTTPClient())
    #expect(try await SchemaProbe().enforcement(of: model).outcome == .enforced)
    let words = try String(contentsOfFile: folder.path("tiny.gguf.arguments"), encoding: .utf8)
    #expect(words.contains(#""-m", "llama_cpp.server""#) && words.contains("--n_ctx"))
    await model.stop()
  }

  @Test func `a server that ends while it loads is told with its last words`() async throws {
    let model = LlamaServerModel(try configuration("crash-loading"), client: HTTPClient())
    let error = await #expect(throws: LanguageModelError.self) { try await model.generate(question()) }
    #expect(error?.description.contains("ended while it loaded the model (exit code 3)") == true)
    #expect(error?.description.contains("the tensor is out of bounds") == true)
    #expect(error?.isAboutServer == true)
  }

  @Test func `a server that went away is told, and started again by the next request`() async throws {
    let model = LlamaServerModel(try configuration("crash-later"), client: HTTPClient())
    _ = try await model.generate(question())
    let first = try processIdentifier()
    let error = await #expect(throws: LanguageModelError.self) { try await model.generate(question()) }
    #expect(error?.description.contains("went away (exit code 9)") == true)
    #expect(error?.description.contains("out of memory") == true)
    #expect(try await model.generate(question()).text == "chat 1 of tiny")
    #expect(try processIdentifier() != first)
    await model.stop()
  }

  @Test func `a server that does not get ready in time is ended`() async throws {
    var configuration = try configuration("deaf stubborn")
    configuration.loadTimeout = 1.5
    let model = LlamaServerModel(configuration, client: HTTPClient())
    let error = await #expect(throws: LanguageModelError.self) { try await model.generate(question()) }
    #expect(error?.description.contains("did not load the model within 1 s") == true)
    #expect(try !isRunning(processIdentifier()))
  }

  @Test func `a program or a model file that is not there is told at once`() async throws {
    var configuration = try configuration()
    configuration.program = folder.path("absent")
    let missing = LlamaServerModel(configuration, client: HTTPClient())
    let error = await #expect(throws: LanguageModelError.self) { try await missing.generate(question()) }
    #expect(error?.description.contains("it is not installed, or not on the PATH") == true)
    configuration.modelPath = folder.path("other.gguf")
    let fileless = LlamaServerModel(configuration, client: HTTPClient())
    let second = await #expect(throws: LanguageModelError.self) { try await fileless.generate(question()) }
    #expect(second?.description.contains("there is no model file") == true)
  }

  @Test func `the digest is that of the file's content`() async throws {
    let first = LlamaServerModel(try configuration("a"), client: HTTPClient())
    let digest = try await first.digest()
    #expect(digest.hasPrefix("llama_cpp/tiny@"))
    #expect(try await LlamaServerModel(configuration("a"), client: HTTPClient()).digest() == digest)
    #expect(try await LlamaServerModel(configuration("b"), client: HTTPClient()).digest() != digest)
  }
}
