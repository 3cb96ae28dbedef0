import Foundation
import TestSupport
import Testing

/// One call to a language model from the command line, over a real socket and without a configuration.
@Suite struct GenerateCommandTests {
  private let server: PeerServer
  private let folder: TemporaryFolder

  init() throws {
    server = try PeerServer("language_model_server.py")
    folder = try TemporaryFolder()
  }

  private func generate(
    _ arguments: String..., model: String = "openai/valid", environment: [String: String] = [:], input: String = ""
  ) async throws -> CommandResult {
    let path = ["openai", "huggingface", "llama_cpp"].contains { model.hasPrefix($0) } ? "/v1" : ""
    return try await twin(
      ["generate", "--model", model, "--endpoint", "http://127.0.0.1:\(server.port)\(path)"] + arguments,
      environment: environment, folder: folder.url.path, input: input)
  }

  @Test(arguments: [
    "openai/valid", "ollama/valid", "anthropic/valid", "cohere/valid", "huggingface/valid", "llama_cpp/valid",
  ])
  func `the reply is printed, whatever the provider`(model: String) async throws {
    let result = try await generate("Make pairs.", model: model)
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("The mill works on numbers.") && result.output.hasSuffix("\n"))
    #expect(result.error.isEmpty)
  }

  @Test func `a question comes from standard input, and one JSON document says what it took`() async throws {
    let result = try await generate("-", "--json", "--system", "Be brief.", input: "Make pairs.")
    #expect(result.status == 0, "\(result)")
    let object = try #require(try result.json() as? [String: Any])
    #expect(object["model"] as? String == "openai/valid")
    #expect((object["usage"] as? [String: Int]) == ["prompt": 11, "completion": 7])
    #expect(object["finish_reason"] as? String == "stop" && object["tokens_per_second"] as? Double == 3.5)
  }

  @Test(arguments: ["openai/valid", "ollama/valid", "openai/obedient"])
  func `with a schema the reply is JSON that fits it, by the server or by the prompt`(model: String) async throws {
    let schema = try folder.write(
      #"{"type": "object", "required": ["count"], "properties": {"count": {"type": "integer"}}}"#, to: "s.json")
    let result = try await generate("How many?", "--schema", schema, model: model)
    #expect(result.status == 0 && result.output == "{\"count\":7}\n", "\(result)")
  }

  @Test func `a schema that cannot be kept to, and a mistake in the usage, are told before anything is sent`()
    async throws
  {
    let list = try folder.write(#"{"type": "array"}"#, to: "list.json")
    let results = [
      try await generate("?", "--schema", list), try await generate("?", "--prompt", "summarization"),
      try await generate(),
      try await generate("?", model: "opena/valid"), try await generate("--prompt", "sumarization"),
      try await generate("--prompt", "summarization", "--value", "text=a"),
    ]
    let says = [
      "is not of an object", "either PROMPT or --prompt", "either PROMPT or --prompt", "did you mean `openai/valid`",
      "did you mean `summarization`", "was given no `sentences`",
    ]
    for (result, words) in zip(results, says) {
      #expect(result.status == 2 && result.error.contains(words), "\(result)")
    }
  }

  @Test func `without a model it says how to name one`() async throws {
    let result = try await twin(["generate", "Well?"], folder: folder.url.path)
    #expect(result.status == 2 && result.error.contains("--model ollama/llama3.1"), "\(result)")
  }

  @Test func `a prompt file is filled with values and files`() async throws {
    try folder.write("The mill.", to: "notes.md")
    let result = try await generate(
      "--prompt", "summarization", "--value", "sentences=2", "--value", "text=@notes.md", "--json")
    #expect(result.status == 0, "\(result)")
  }

  @Test func `the key of a service goes to no other address`() async throws {
    #expect(try await generate("?", environment: ["OPENAI_API_KEY": "sk-secret"]).status == 0)
    let result = try await run(
      "/usr/bin/env", [testPython, "-c", readRequests, String(server.port)])
    #expect(!result.output.contains("sk-secret"), "\(result)")
    #expect(result.output.contains("valid"))
  }

  @Test func `a failure is one sentence and exit code 1`() async throws {
    let result = try await generate("?", model: "openai/forbidden")
    #expect(result.status == 1 && result.error.contains("status 401: no such key"), "\(result)")
    #expect(result.output.isEmpty)
  }
}

private let readRequests = """
  import sys, urllib.request
  print(urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/requests").read().decode())
  """
