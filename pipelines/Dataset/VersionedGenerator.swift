/// A generator that is known by its recipe (the model, the sampling, the prompt) and by the code of all generators, so
/// that what it has made need not be made again.
struct VersionedGenerator: SampleGenerator, Fingerprinted {
  private let generator: any SampleGenerator

  init(_ generator: any SampleGenerator) {
    self.generator = generator
  }

  var recipe: Recipe { generator.recipe }

  var fingerprint: String {
    let code = CodeVersion.source(
      "", names: ["ExtractiveGenerator", "ExtractivePreferenceGenerator", "ModelGenerator"], reachesAll: false,
      in: moduleSources)
    return ContentHash(ofParts: [recipe.name, recipe.hash.hexadecimal, code.text]).hexadecimal
  }

  func samples(from extract: Extract) async throws -> GeneratorOutcome {
    try await generator.samples(from: extract)
  }
}
