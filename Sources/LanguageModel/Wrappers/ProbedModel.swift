/// A model that is asked for JSON in the way that works: by the server's own dialect where the canary (``SchemaProbe``)
/// has shown that it enforces schemas, else by the prompt.
///
/// The canary is sent once for each model, with the first request that has a schema. What it found is kept in the reply
/// cache, if there is one, unless neither way worked: then it is sent again next time.
public struct ProbedModel: StreamingLanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let cache: ReplyCache?
  private let meter: ModelMeter?
  private let findings = OnceEach<SchemaEnforcement>()

  /// Makes a model that is asked in the way that works.
  ///
  /// - Parameters:
  ///   - cache: where findings are kept.
  ///   - meter: in whose summary the finding is told.
  public init(_ model: any LanguageModel, cache: ReplyCache? = nil, meter: ModelMeter? = nil) {
    self.model = model
    self.cache = cache
    self.meter = meter
  }

  /// Generates one reply; a request with a schema takes the way that works.
  /// - Throws: ``LanguageModelError``; `StorageError`; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    guard request.schema != nil else { return try await model.generate(request, telling: telling) }
    switch try await enforcement().outcome {
    case .enforced: return try await model.generate(request, telling: telling)
    case .prompted, .broken: return try await promptedReply(of: model, to: request, telling: telling)
    }
  }

  /// What is known of how the model keeps to schemas; the first use finds out.
  ///
  /// - Throws: ``LanguageModelError`` when it cannot be asked; `StorageError`; `CancellationError`.
  public func enforcement() async throws -> SchemaEnforcement {
    try await findings.value(name) {
      let digest = try await model.digest()
      if let known = try await cache?.enforcement(of: digest) {
        meter?.note(known)
        return known
      }
      let finding = try await SchemaProbe().enforcement(of: model)
      meter?.note(finding)
      if finding.outcome != .broken { try await cache?.store(finding, of: digest) }
      return finding
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }
}
