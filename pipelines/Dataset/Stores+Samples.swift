import LanguageModel

extension Stores {
  /// The generator of samples that the configuration asks for.
  ///
  /// - Parameters:
  ///   - budget: what may be spent on its model; nil for any amount.
  ///   - refreshes: whether a model is asked anew also what it has answered before.
  /// - Throws: ``ConfigurationError`` for a budget or a model that cannot be used; `PromptError` for a prompt of one's
  ///   own.
  public func sampleGenerator(budget: Budget? = nil, refreshes: Bool = false) async throws -> any SampleGenerator {
    let dataset = configuration.dataset
    guard var model = try await languageModel(refreshes: refreshes) else {
      return switch dataset.settings.kind {
      case .instruction: ExtractiveGenerator(pairsPerExtract: dataset.pairsPerExtract)
      case .preference: ExtractivePreferenceGenerator(pairsPerExtract: dataset.pairsPerExtract)
      }
    }
    if let budget {
      model = try BudgetedModel(
        model, budget: budget, names: configuration.libraryModels.map(\.modelName),
        price: { [configuration] in configuration.modelPrice(of: $0) })
    }
    return try ModelGenerator(
      kind: dataset.settings.kind, model: model, prompts: try configuration.promptLibrary(),
      pairsPerExtract: dataset.pairsPerExtract,
      sampling: Sampling(
        temperature: configuration.languageModel.temperature,
        maximumTokens: configuration.languageModel.maximumTokens))
  }

  /// What looks at samples with models, as far as the configuration asks for it.
  ///
  /// - Throws: ``ConfigurationError`` for marks without a model that gives them.
  func sampleReviewer() async throws -> SampleReviewer {
    let gates = configuration.dataset.settings.gates
    var judge: Judge?
    if gates.leastJudgement > 0 {
      guard let model = try await languageModel() else {
        throw ConfigurationError.missing(
          key: "language_model", path: configuration.file,
          advice: "`dataset.judgement` needs a model that gives marks; set it, or leave the marks away")
      }
      let limited = try BudgetedModel(model, budget: .calls(configuration.dataset.judgeCalls))
      judge = Judge(model: limited, least: gates.leastJudgement)
    }
    return SampleReviewer(
      gates: gates, embedder: gates.leastCosine > 0 ? try await embedder() : nil, judge: judge)
  }
}

extension Configuration {
  /// How extracts are cut: as the configuration says, or as suits the generator.
  var extractRule: ExtractRule {
    dataset.extracts ?? (languageModel.provider == "extractive" ? .sections : .sentences)
  }
}
