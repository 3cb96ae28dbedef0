import Foundation
import LanguageModel
import TestSupport
import Testing

/// Replies are hostile: whatever a model writes, it is JSON that fits, or an error.
struct HostileReplyTests {
  private let schema = ResponseSchema(
    name: "list",
    schema: [
      "type": "object", "required": ["items"], "additionalProperties": false,
      "properties": ["items": ["type": "array", "maxItems": 3, "items": ["type": "string", "maxLength": 20]]],
    ])

  private var request: GenerationRequest { GenerationRequest(messages: [Message(.user, "List.")], schema: schema) }

  /// What becomes of a text that a model without enforced schemas writes.
  private func read(_ texts: [String]) async throws -> [Result<GenerationReply, LanguageModelError>] {
    var results: [Result<GenerationReply, LanguageModelError>] = []
    for text in texts {
      // The canary takes what it gets for a broken way; the request itself goes by the prompt then.
      let model = ProbedModel(ScriptedModel("test/scripted", says(text)))
      do {
        results.append(.success(try await model.generate(request)))
      } catch let error as LanguageModelError {
        results.append(.failure(error))
      }
    }
    return results
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `JSON is found in any prose that has no other of its own`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let prose = ["Sure! ", "[1] ", "{see} ", "\n", "“quoted” ", "a } b ", "\"open ", "`code` ", "{\"a\": ", "ü ", "]]"]
    var texts: [String] = []
    for _ in 0..<60 {
      let before = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
        prose.randomElement(using: &generator) ?? ""
      }
      texts.append(
        before.joined() + #"{"items": ["a { b", "c \" d"]}"# + (prose.randomElement(using: &generator) ?? ""))
    }
    for (text, result) in zip(texts, try await read(texts)) {
      let reply = try #require(try? result.get(), "\(text)")
      #expect(reply.json == ["items": ["a { b", "c \" d"]], "\(text)")
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a damaged reply is one that fits or an error about the reply`(seed: UInt64) async throws {
    let whole = Array("```json\n{\"items\": [\"one\", \"two\", \"\\u00e9\"]}\n```\nThere.".utf8)
    let damaged = Mutations(of: [whole], words: ["{", "}", "[", "]", "\"", "```", "null"], count: 150, seed: seed)
    let texts = damaged.map { String(decoding: $0, as: UTF8.self) }
    for (text, result) in zip(texts, try await read(texts)) {
      switch result {
      case .success(let reply): #expect(reply.json.map { schema.violation(by: $0) } == .some(nil), "\(text)")
      case .failure(let error): #expect(error.isAboutReply, "\(text): \(error)")
      }
    }
  }

  @Test func `nesting and braces without end are an error in good time`() async throws {
    let deep = String(repeating: "{\"items\":", count: 2000)
    let braces = String(repeating: "{", count: 20_000)
    let results = try await read([deep, braces, String(repeating: "[", count: 2000), "", "\u{0}"])
    for result in results {
      guard case .failure(let error) = result else {
        Issue.record("it was taken for a reply")
        continue
      }
      #expect(error.isAboutReply && error.description.utf8.count < 1000)
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `a damaged prompt file is read or refused with a line of it`(seed: UInt64) {
    let whole = Array("---\nname: p\nversion: 2\ninputs: [a, b]\n---\n@system\n{{a}}\n@user\n{{ b }} {\"c\": 1}\n".utf8)
    for bytes in Mutations(of: [whole], words: ["{{", "}}", "---\n", "@user\n", "\\"], count: 400, seed: seed) {
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        let prompt = try PromptTemplate(text, file: "p.md")
        let values = Dictionary(prompt.inputs.map { ($0, "{{a}}") }) { $1 }
        #expect(throws: Never.self) { try prompt.render(values) }
      } catch let error as PromptError {
        #expect(error.description.hasPrefix("p.md:"), "\(error)")
      } catch {
        Issue.record("\(error)")
      }
    }
  }
}
