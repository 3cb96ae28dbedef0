import Foundation
import LanguageModel

extension PipelineRunner {
  /// Prices what a run of the dataset pipeline would ask the language model, without asking it; nil if it needs none.
  ///
  /// Every request is made as the run would make it, and looked up among the answers that are kept. Stores in files are
  /// read as copies.
  /// - Throws: as ``preview(_:)``.
  public func datasetPrice() async throws -> DatasetPrice? {
    let copies = try StoreCopies(of: configuration, isEmpty: false)
    defer { copies.remove() }
    let copied = stores.moved(to: copies.configuration)
    guard let generator = try await copied.sampleGenerator() as? ModelGenerator,
      let model = try await copied.languageModel()
    else { return nil }
    let price = configuration.modelPrice(of: model.name)
    var total = DatasetPrice(
      model: model.name, extracts: 0, calls: 0, cached: 0, promptTokens: 0, completionTokens: 0,
      cost: price == nil ? nil : 0)
    for try await document in try await cleanedDocuments(on: copied) {
      let requests = try extracts(
        of: document, rule: configuration.extractRule,
        quotes: QuoteUse(rawValue: configuration.dataset.quotes) ?? .leaveOut
      ).map { try generator.request(about: $0) }
      guard !requests.isEmpty else { continue }
      let kept = try await keptAnswers(of: model, to: requests)
      total.extracts += requests.count
      total.cached += kept.count
      for (index, request) in requests.enumerated() where !kept.contains(index) {
        let usage = TokenUsage(
          prompt: estimatedPromptTokens(of: request), completion: request.sampling.maximumTokens)
        total.calls += 1
        total.promptTokens += usage.prompt
        total.completionTokens += usage.completion
        if let price { total.cost = (total.cost ?? 0) + price.cost(usage) }
      }
    }
    return total
  }

  /// The requests that are answered already. Nothing is when no answers are kept, nor when the server, which would have to
  /// say which weights it has, cannot be asked: then the price is that of all calls.
  private func keptAnswers(of model: any LanguageModel, to requests: [GenerationRequest]) async throws -> Set<Int> {
    guard !isCacheIgnored, FileManager.default.fileExists(atPath: configuration.replyCacheFile) else { return [] }
    do {
      return try await model.answered(among: requests)
    } catch is LanguageModelError {
      return []
    }
  }

  private func cleanedDocuments(on stores: Stores) async throws -> CleanedDocuments {
    let selection = Selection(configuration: configuration, only: only)
    let users = try await stores.warehouse().users(named: try selection.authorNames())
    return CleanedDocuments(
      vectors: try await stores.vectors(), categories: selection.categories(), authors: users.map(\.id),
      quotes: QuoteUse(rawValue: configuration.dataset.quotes) ?? .leaveOut)
  }
}

extension Configuration {
  /// What the tokens of a model cost, by its name with or without its provider.
  func modelPrice(of name: String) -> ModelPrice? { ModelMeter(prices: modelPrices).price(of: name) }
}
