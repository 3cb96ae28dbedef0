import LanguageModel
import Pipelines
import TestSupport
import Testing

@Suite struct ModelSettingsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func configuration(_ yaml: String, environment: [String: String] = [:]) throws -> Configuration {
    try Configuration(path: folder.write("author: Ada\n" + yaml, to: "me.yaml"), environment: environment)
  }

  @Test func `a list of models is a fallback order`() throws {
    let configuration = try configuration(
      """
      language_model:
        - {provider: ollama, model: llama3.1, temperature: 0.3}
        - {provider: openai, model: gpt-4o-mini, api_key: "${KEY}", max_tokens: 900, requests_per_minute: 60}
        - {provider: llama_cpp, model_path: models/tiny.gguf, n_ctx: 4096, n_threads: 2}
      """, environment: ["KEY": "sk-secret"])
    #expect(configuration.languageModel.model == "llama3.1" && configuration.languageModel.temperature == 0.3)
    let others = configuration.fallbackModels
    #expect(others.map(\.provider) == ["openai", "llama_cpp"])
    #expect(others.first?.apiKey == "sk-secret" && others.first?.limits.requestsPerMinute == 60)
    #expect(others.last?.modelPath == folder.path("models/tiny.gguf"))
    #expect(others.last?.context == 4096 && others.last?.threads == 2)
    #expect(!configuration.resolved.contains { $0.value.contains("sk-secret") })
  }

  @Test func `the fallback order makes one model, which is put together when it is asked`() async throws {
    let configuration = try configuration(
      "language_model: [{provider: ollama, model: a}, {provider: anthropic, model: b, api_key: k}]\n")
    let model = try #require(try await Stores(configuration).languageModel())
    #expect(model.name == "ollama/a, else anthropic/b")
  }

  @Test func `llm with nothing in it is Mistral 7B on Ollama, as that family wants to be asked`() throws {
    let model = try configuration("llm: {}\n").languageModel
    #expect(model.provider == "ollama" && model.model == "mistral:7b")
    #expect(model.temperature == 0.1 && model.maximumTokens == 4000 && model.context == 8192)
    #expect(!model.readsSystemMessages)
  }

  @Test func `llm is read with its providers, fallback order and prompt templates`() throws {
    let configuration = try configuration(
      """
      llm:
        providers:
          ollama: {model: "llama3.1:8b", base_url: "http://gpu.lan:11434", timeout: 120}
          local: {provider: llama_cpp, model_path: phi-3-mini.gguf, n_ctx: 4096, n_threads: 4}
          huggingface: {model: mistralai/Mistral-7B-Instruct-v0.3, temperature: 0.5}
        fallback_order: [huggingface, ollama]
        prompt_templates: {rag_query: prompts/mine.md}
      """)
    let models = [configuration.languageModel] + configuration.fallbackModels
    #expect(models.map(\.provider) == ["huggingface", "ollama"])
    #expect(models.map(\.temperature) == [0.5, 0.1])
    #expect(models.map(\.maximumTokens) == [4000, 8000])
    #expect(models.map(\.readsSystemMessages) == [false, true])
    #expect(models.last?.endpoint == "http://gpu.lan:11434" && models.last?.timeout == 120)
    #expect(configuration.prompts == .files(["rag_query": folder.path("prompts/mine.md")]))
  }

  @Test func `without an order providers stand in for each other as they are written`() throws {
    let configuration = try configuration(
      "llm: {providers: {local: {provider: llama_cpp, model_path: phi-3-mini.gguf}, ollama: mistral}}\n")
    #expect(configuration.languageModel.modelPath == folder.path("phi-3-mini.gguf"))
    #expect(configuration.languageModel.temperature == 0.2 && configuration.languageModel.maximumTokens == 2000)
    #expect(configuration.fallbackModels.map(\.model) == ["mistral"])
  }

  @Test func `prices and limits are read`() throws {
    let configuration = try configuration(
      """
      language_model:
        provider: openai
        model: gpt-4o-mini
        attempts: 5
        backoff_factor: 3
        backoff_ceiling: 20s
        concurrency: 2
        tokens_per_minute: 30000
        prices: {gpt-4o-mini: {input: 0.15, output: 0.6}}
      """)
    #expect(configuration.modelPrices == ["gpt-4o-mini": ModelPrice(input: 0.15, output: 0.6)])
    let model = configuration.languageModel
    #expect(model.retries.attempts == 5 && model.retries.factor == 3 && model.retries.ceiling == 20)
    #expect(model.limits.concurrency == 2 && model.limits.tokensPerMinute == 30000)
    #expect(model.limits.requestsPerMinute == nil)
  }
}
