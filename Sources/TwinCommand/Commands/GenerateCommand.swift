import ArgumentParser
import Foundation
import Pipelines

struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Asks a language model once.",
    discussion: """
      The model is PROVIDER/NAME, with a provider such as ollama, openai, anthropic, cohere, huggingface or llama_cpp, or \
      a .gguf file, for which llama-server is started; without --model it is the configured one. Keys come from the \
      configuration or from OPENAI_API_KEY, ANTHROPIC_API_KEY, CO_API_KEY and HF_TOKEN. On a terminal the text is \
      written as it comes. With --schema the reply is JSON that was checked against the schema.

      --prompt fills a prompt file: rag_query or summarization, or one of your own (the key `prompts`).

      EXAMPLE
        twin generate --model ollama/llama3.1 "What is a tide table?"
        twin generate --model ollama/mistral --prompt summarization --value sentences=2 \\
          --value text=@data/sample/notes/cron-habits.md
      """)

  @Argument(help: "What to ask; `-` reads it from standard input.") var prompt: String?
  @Option(help: "PROVIDER/NAME, or a .gguf file.") var model: String?
  @Option(help: "The server's address, if it is not the provider's own.") var endpoint: String?
  @Option(help: "Rules that hold for the reply.") var system: String?
  @Option(
    name: .customLong("prompt"), help: ArgumentHelp("Fill this prompt file instead of PROMPT.", valueName: "name"))
  var useCase: String?
  @Option(
    name: .customLong("value"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value of --prompt: NAME=TEXT, or NAME=@FILE; repeatable.", valueName: "name=text"))
  var values: [String] = []
  @Option(help: "A JSON Schema that the reply must fit.", completion: .file(extensions: ["json"])) var schema: String?
  @Option(help: "How freely to write, from 0 to 2.") var temperature: Double?
  @Option(help: "The longest reply, in tokens.") var maxTokens: Int?
  @Flag(help: "Print one JSON document, with usage and timing.") var json = false
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  func validate() throws {
    guard (prompt == nil) != (useCase == nil) else {
      throw ValidationError("Give either PROMPT or --prompt NAME.")
    }
    if useCase == nil, !values.isEmpty { throw ValidationError("--value goes with --prompt.") }
    if useCase != nil, system != nil { throw ValidationError("--system does not go with --prompt, which has its own.") }
    if let temperature, !(0...2).contains(temperature) { throw ValidationError("--temperature is from 0 to 2.") }
    if let maxTokens, !(1...1_000_000).contains(maxTokens) { throw ValidationError("--max-tokens is at least 1.") }
  }

  func run() async throws {
    var configuration = try configuration.loadIfAny()
    let folder = FileManager.default.currentDirectoryPath
    if let model { configuration = try configuration.choosing(model: model, in: folder) }
    if let endpoint { configuration.languageModel.endpoint = endpoint }
    let generation = try TextGeneration(configuration)
    let request = try await request(configuration)
    let streams = StandardStreams.outputIsTerminal && !json && schema == nil
    let reply = try await generation.answer(request, telling: streams ? showAsItComes : nil)
    if json {
      try printJSON(reply)
    } else {
      try await writeResult(streams ? "\n" : endingInLineFeed(reply.text))
    }
  }

  private func request(_ configuration: Configuration) async throws -> TextGeneration.Request {
    var request: TextGeneration.Request
    if let useCase {
      request = try TextGeneration.Request(useCase: useCase, values: await read(values), configuration: configuration)
    } else {
      let text = prompt == "-" ? try await InputReader("-").readText() : prompt ?? ""
      request = TextGeneration.Request(prompt: text, system: system)
    }
    request.temperature = temperature
    request.maximumTokens = maxTokens
    if let schema { try request.require(schema: await InputReader(schema).readText(limit: 1 << 20), named: schema) }
    return request
  }

  private func read(_ values: [String]) async throws -> [String: String] {
    var result: [String: String] = [:]
    for value in values {
      guard let equals = value.firstIndex(of: "="), equals != value.startIndex else {
        throw ValidationError("--value takes NAME=TEXT or NAME=@FILE, not `\(value)`.")
      }
      let text = String(value[value.index(after: equals)...])
      result[String(value[..<equals])] =
        text.hasPrefix("@") ? try await InputReader(String(text.dropFirst())).readText() : text
    }
    return result
  }
}

/// Writes a piece of text as it comes; a terminal that went away is found out by the end.
@Sendable private func showAsItComes(_ piece: String) { _ = writeAll(Data(piece.utf8), to: STDOUT_FILENO) }
