import HTTP

/// A server said that a text of the request is too long for the model.
struct TextsTooLong: Error {
  /// What it said.
  let reason: String
}

/// One server of vectors: what is sent to it, and what its answers mean.
struct EmbeddingServer: Sendable {
  /// What a server tells of its model.
  struct Description {
    /// What tells the weights from others of the same name.
    var digest: String?
    /// The most tokens of a text.
    var maximumTokens: Int?
  }

  private let configuration: RemoteEmbeddingConfiguration
  private let dialect: any EmbeddingDialect
  private let base: String
  private let client: HTTPClient
  private let meter: EmbeddingMeter
  private let limits: RequestLimits

  init(_ configuration: RemoteEmbeddingConfiguration, client: HTTPClient, meter: EmbeddingMeter) {
    self.configuration = configuration
    dialect = configuration.dialect
    base = withoutTrailingSlash(configuration.endpoint)
    self.client = client
    self.meter = meter
    limits = RequestLimits(configuration)
  }

  /// The vectors of some texts, in their order, as the server gives them.
  ///
  /// - Throws: ``TextsTooLong``; ``EmbeddingError``; `CancellationError`.
  func vectors(of texts: [String], as role: TextRole, cuts: Bool) async throws -> [[Float]] {
    try await limits.wait(tokens: texts.reduce(0) { $0 + $1.utf8.count / 4 + 1 })
    let body = dialect.body(texts, as: role, cuts: cuts)
    do {
      var request = try HTTPRequest.json(
        .post, base + dialect.path, body: body, headers: headers, trust: .configured, isIdempotent: true,
        totalTimeout: configuration.timeout)
      request.maximumAttempts = configuration.attempts
      request.maximumBodyBytes = Self.largestAnswer
      let response = try await client.send(request)
      guard response.isSuccess else { throw refusal(response) }
      let answer = try dialect.answer(response)
      let vectors = try ordered(answer, count: texts.count)
      meter.note(texts: texts.count, tokens: answer.tokens)
      return vectors
    } catch let error as HTTPError {
      switch error {
      case .unexpectedJSON(_, let reason):
        throw EmbeddingError.notUnderstood(model: configuration.name, reason: reason)
      default:
        throw EmbeddingError.unreachable(
          model: configuration.name, endpoint: redactedURL(base), reason: error.description)
      }
    }
  }

  /// What the server tells of its model without being asked for a vector; nothing where it tells nothing.
  ///
  /// - Throws: ``EmbeddingError/unreachable(model:endpoint:reason:)``; `CancellationError`.
  func description() async throws -> Description {
    switch configuration.provider {
    case .tei:
      let info: TextEmbeddingsInferenceInfo? = try await ask(.get, "/info")
      return Description(digest: info?.model_sha ?? info?.model_id, maximumTokens: info?.max_input_length)
    case .ollama:
      let tags: OllamaTags? = try await ask(.get, "/api/tags")
      let names = [configuration.model, configuration.model + ":latest"]
      return Description(digest: tags?.models.first { names.contains($0.name) }?.digest)
    case .openai, .cohere, .huggingface: return Description()
    }
  }

  private struct TextEmbeddingsInferenceInfo: Decodable {
    let model_id: String?
    let model_sha: String?
    let max_input_length: Int?
  }

  private struct OllamaTags: Decodable {
    struct Model: Decodable {
      let name: String
      let digest: String?
    }
    let models: [Model]
  }

  /// The most bytes of an answer: 2,048 vectors of 4,096 components, in decimal.
  private static let largestAnswer = 128 << 20

  private var headers: HTTPHeaders {
    var headers = HTTPHeaders()
    if let key = configuration.apiKey { headers["Authorization"] = "Bearer \(key)" }
    return headers
  }

  private func ask<Value: Decodable>(_ method: HTTPRequest.Method, _ path: String) async throws -> Value? {
    let request = HTTPRequest(
      method, base + path, headers: headers, trust: .configured, totalTimeout: min(30, configuration.timeout),
      maximumAttempts: configuration.attempts)
    do {
      let response = try await client.send(request)
      return response.isSuccess ? try? response.decode(Value.self) : nil
    } catch let error as HTTPError {
      throw EmbeddingError.unreachable(
        model: configuration.name, endpoint: redactedURL(base), reason: error.description)
    }
  }

  /// The vectors by the numbers that they came with, each there once.
  private func ordered(_ answer: EmbeddingAnswer, count: Int) throws -> [[Float]] {
    func invalid(_ reason: String) -> EmbeddingError { .notUnderstood(model: configuration.name, reason: reason) }
    guard answer.vectors.count == count else {
      throw invalid("it gave \(answer.vectors.count) vectors for \(count) texts")
    }
    var vectors = [[Float]?](repeating: nil, count: count)
    for (index, vector) in answer.vectors {
      guard vectors.indices.contains(index), vectors[index] == nil else {
        throw invalid("its vectors are numbered wrongly (\(index) of \(count))")
      }
      vectors[index] = vector
    }
    return vectors.compactMap(\.self)
  }

  /// What a status other than success means.
  private func refusal(_ response: HTTPResponse) -> any Error {
    let reason = serverReason(response.body)
    let isAboutLength = ["token", "too long", "too large", "length", "context"].contains {
      reason.lowercased().contains($0)
    }
    if [400, 413, 422, 500].contains(response.status), isAboutLength { return TextsTooLong(reason: reason) }
    return EmbeddingError.refused(model: configuration.name, status: response.status, reason: reason)
  }
}
