import Foundation
import HTTP
import LanguageModel
import Testing

/// A Python with `llama_cpp.server`, and a model file for it: `make test-models` installs and makes them.
private let program = ProcessInfo.processInfo.environment["TWIN_TEST_LLAMA_PYTHON"]
private let modelPath = ProcessInfo.processInfo.environment["TWIN_TEST_GGUF"]

/// A real server of llama.cpp's with a real model, however senseless what it writes. Run by `make test-models`, outside the
/// default tests: the server takes a quarter of an hour to build.
@Suite(.enabled(if: program != nil && modelPath != nil), .serialized)
struct LlamaCppTests {
  private let model: LlamaServerModel

  init() {
    let configuration = LlamaServerConfiguration(
      modelPath: modelPath ?? "", contextLength: 512, threads: 1, program: program ?? "")
    model = LlamaServerModel(configuration, client: HTTPClient())
  }

  private func request(
    _ text: String = "Well?", tokens: Int = 400, seed: Int = 3, schema: JSONValue? = nil
  ) -> GenerationRequest {
    GenerationRequest(
      messages: [Message(.system, "Be brief."), Message(.user, text)],
      sampling: Sampling(temperature: 1, seed: seed, maximumTokens: tokens),
      schema: schema.map { ResponseSchema(name: "reply", schema: $0) })
  }

  /// A reply that ends by itself, which a model of random weights does with most seeds.
  private func finishedReply(telling: TextListener? = nil) async throws -> GenerationReply {
    for seed in 1...10 {
      do {
        return try await model.generate(request(seed: seed), telling: telling)
      } catch LanguageModelError.truncated { continue }
    }
    throw LanguageModelError.truncated(model: model.name, tokens: 400)
  }

  private let pairs: JSONValue = [
    "type": "object", "additionalProperties": false, "required": ["kind", "count", "sure", "pairs"],
    "properties": [
      "kind": ["type": "string", "enum": ["question", "request"]], "count": ["type": "integer"],
      "sure": ["type": "boolean"],
      "pairs": [
        "type": "array", "minItems": 1, "maxItems": 2,
        "items": [
          "type": "object", "additionalProperties": false, "required": ["instruction"],
          "properties": ["instruction": ["type": "string", "maxLength": 12]],
        ],
      ],
    ],
  ]

  @Test func `it is started, counts its tokens and ends`() async throws {
    let reply = try await finishedReply()
    let usage = try #require(reply.usage)
    #expect(usage.prompt > 10 && usage.completion > 0 && usage.completion <= 400)
    #expect(reply.finishReason == .stop && reply.model == model.name && reply.seconds > 0)
    #expect((reply.tokensPerSecond ?? 0) > 0)
    await model.stop()
  }

  @Test func `what it tells piece by piece is its reply`() async throws {
    let pieces = Pieces()
    for seed in 1...10 {
      let heard = Pieces()
      do {
        let reply = try await model.generate(request(seed: seed)) { heard.add($0) }
        #expect(heard.all.joined() == reply.text)
        heard.all.forEach(pieces.add)
      } catch LanguageModelError.truncated { continue }
    }
    #expect(pieces.all.count > 10)
    await model.stop()
  }

  @Test func `the canary finds that it keeps to schemas`() async throws {
    let found = try await SchemaProbe().enforcement(of: model)
    #expect(found.outcome == .enforced, "\(found.evidence)")
    await model.stop()
  }

  @Test func `replies fit their schema, and equal requests have equal replies`() async throws {
    var fitting = 0
    for seed in 1...8 {
      do {
        let reply = try await model.generate(request(seed: seed, schema: pairs))
        let again = try await model.generate(request(seed: seed, schema: pairs))
        #expect(reply.json == again.json)
        guard case .array(let list)? = reply.json?["pairs"] else {
          Issue.record("\(reply.text)")
          continue
        }
        #expect((1...2).contains(list.count))
        fitting += 1
      } catch LanguageModelError.truncated { continue }
    }
    #expect(fitting >= 4)
    await model.stop()
  }

  @Test func `a reply that does not end is no reply`() async throws {
    let error = await #expect(throws: LanguageModelError.self) {
      try await self.model.generate(self.request(tokens: 3, schema: self.pairs))
    }
    #expect(error == .truncated(model: model.name, tokens: 3))
    await model.stop()
  }

  @Test func `a prompt that is longer than its context is an error`() async throws {
    let error = await #expect(throws: LanguageModelError.self) {
      try await self.model.generate(self.request(String(repeating: "engines ", count: 400)))
    }
    #expect(error?.isAboutReply == false, "\(String(describing: error))")
    await model.stop()
  }

  @Test func `many ask at once, and all is measured`() async throws {
    let meter = ModelMeter()
    var configuration = LanguageModelConfiguration(provider: .llamaCpp, model: "tiny", endpoint: "")
    configuration.modelPath = modelPath
    configuration.program = program ?? ""
    configuration.context = 512
    let model = try configuration.makeModel(meter: meter, cache: nil)
    let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
      for seed in 1...6 {
        group.addTask {
          do {
            return try await model.generate(self.request(seed: seed, schema: self.pairs)).json != nil
          } catch LanguageModelError.truncated { return false }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    let usage = try #require(meter.usage.first)
    #expect(answered > 0 && usage.requests >= 6 && usage.completionTokens > 0)
    #expect(usage.schema?.outcome == .enforced && (usage.p95 ?? 0) >= (usage.p50 ?? 0))
  }
}
