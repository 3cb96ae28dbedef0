import LanguageModel
import Synchronization

/// A model that answers as a list says, the last entry from then on.
final class ScriptedModel: LanguageModel {
  typealias Entry = @Sendable (GenerationRequest) async throws -> GenerationReply

  let name: String
  private let script: [Entry]
  private let asked = Mutex<[GenerationRequest]>([])

  init(_ name: String = "test/scripted", _ script: Entry...) {
    self.name = name
    self.script = script
  }

  /// What it was asked.
  var requests: [GenerationRequest] { asked.withLock(\.self) }

  func generate(_ request: GenerationRequest) async throws -> GenerationReply {
    let index = asked.withLock { asked in
      asked.append(request)
      return min(asked.count, script.count) - 1
    }
    return try await script[index](request)
  }
}

/// A reply of a scripted model.
func says(_ text: String, by model: String = "test/scripted", usage: TokenUsage? = nil) -> ScriptedModel.Entry {
  { _ in GenerationReply(text: text, model: model, usage: usage, seconds: 0.1) }
}

/// A failure of a scripted model.
func fails(_ error: LanguageModelError) -> ScriptedModel.Entry { { _ in throw error } }

/// A server that answers with a status.
func refused(_ status: Int, shouldRetry: Bool? = nil, pause: Double? = nil) -> LanguageModelError {
  .refused(
    model: "test/scripted", status: status, reason: "so it is",
    advice: RetryAdvice(shouldRetry: shouldRetry, pause: pause))
}

/// A server that is down.
let down = LanguageModelError.unreachable(
  model: "test/scripted", endpoint: "http://127.0.0.1:1", reason: "nobody listens", isTransient: true)

/// A server that wants fewer requests.
func rateLimited(pause: Double? = nil) -> LanguageModelError {
  .rateLimited(model: "test/scripted", reason: "slow down", advice: RetryAdvice(pause: pause))
}

/// A question.
func question(_ text: String = "Well?") -> GenerationRequest { GenerationRequest(messages: [Message(.user, text)]) }
