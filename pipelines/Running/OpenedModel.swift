import LanguageModel

/// A language model that is put together by its first request: a plan, which asks none, touches no file for it.
///
/// What it is asked goes into the record of the step that asks.
struct OpenedModel: StreamingLanguageModel {
  let name: String
  let opened: OpenedOnce<any LanguageModel>
  let meter: ModelMeter

  func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let context = StepContext.current
    defer { if context.isRecording { context.record("language_models", meter.usage) } }
    let reply = try await opened.value().generate(request, telling: telling)
    note(reply, in: context)
    return reply
  }

  private func note(_ reply: GenerationReply, in context: StepContext) {
    guard !reply.isCached else { return context.use("cached_replies", 1) }
    context.use("model_requests", 1)
    guard let usage = reply.usage else { return }
    context.use("prompt_tokens", Double(usage.prompt))
    context.use("completion_tokens", Double(usage.completion))
    if let price = meter.price(of: reply.model) { context.use("model_cost", price.cost(usage)) }
  }

  func digest() async throws -> String { try await opened.value().digest() }

  func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
    try await opened.value().answered(among: requests)
  }
}
