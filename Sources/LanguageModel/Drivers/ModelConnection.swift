import Foundation
import HTTP

/// Where a model is served: sends requests there, each once, and turns what goes wrong into ``LanguageModelError``.
struct ModelConnection: Sendable {
  /// The model as messages name it.
  let model: String
  /// The address that paths are added to.
  let base: String
  let headers: HTTPHeaders
  /// The most seconds for one exchange.
  let timeout: Double
  let client: HTTPClient

  init(model: String, base: String, headers: HTTPHeaders = [:], timeout: Double, client: HTTPClient) {
    self.model = model
    self.base = withoutTrailingSlash(base)
    self.headers = headers
    self.timeout = timeout
    self.client = client
  }

  /// The base without a path at its end.
  func base(without path: String) -> String { base.hasSuffix(path) ? String(base.dropLast(path.count)) : base }

  /// Posts `body` to a path below the base and reads the answer.
  func post(_ path: String, _ body: JSONValue) async throws -> (answer: JSONValue, limits: RateLimits?) {
    let response = try await send(try request(path, body))
    try check(response.status, response.headers, response.body)
    return (try value(response.body), RateLimits(response.headers))
  }

  /// Gets what stands at an address of the server; nil for a status other than success.
  func get(_ address: String) async throws -> JSONValue? {
    let request = HTTPRequest(
      .get, address, headers: headers, trust: .configured, totalTimeout: min(timeout, 30), maximumAttempts: 1)
    let response = try await send(request)
    guard response.isSuccess else { return nil }
    return try? value(response.body)
  }

  /// Posts `body` and gives the items of the answer to `take`, as they come, until it returns true or they end.
  ///
  /// - Parameter mayEnd: whether they may end before `take` returned true, since all that is needed is there.
  /// - Throws: ``LanguageModelError/brokenOff(model:reason:)`` when they end before that.
  func post<Parser: StreamParser>(
    _ path: String, _ body: JSONValue, parser: Parser, take: (Parser.Element) throws -> Bool,
    mayEnd: () -> Bool = { false }
  ) async throws -> RateLimits? {
    let (head, content) = try await translatingErrors { try await client.stream(try request(path, body)) }
    guard head.isSuccess else {
      try check(head.status, head.headers, try await beginning(of: content))
      return nil
    }
    do {
      for try await item in content.parsed(by: parser) where try take(item) { return RateLimits(head.headers) }
    } catch let error as HTTPError {
      if case .timedOut = error { throw unreachable(error) }
      throw LanguageModelError.brokenOff(model: model, reason: error.description)
    }
    guard mayEnd() else {
      throw LanguageModelError.brokenOff(model: model, reason: "the stream ended before the reply did")
    }
    return RateLimits(head.headers)
  }

  /// The JSON of a stream's item.
  func value(_ bytes: some Sequence<UInt8>) throws -> JSONValue {
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw LanguageModelError.notUnderstood(
        model: model, reason: "its answer is not the JSON of such a server: \(excerpt(of: Array(bytes)))")
    }
  }

  // MARK: Exchanges

  private func request(_ path: String, _ body: JSONValue) throws -> HTTPRequest {
    var request = try HTTPRequest.json(
      .post, base + path, body: body, headers: headers, trust: .configured, isIdempotent: true, totalTimeout: timeout)
    // How often it is sent is decided by ``RetryingModel``, which knows these servers.
    request.maximumAttempts = 1
    return request
  }

  private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try await translatingErrors { try await client.send(request) }
  }

  private func translatingErrors<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let error as HTTPError {
      throw unreachable(error)
    }
  }

  private func unreachable(_ error: HTTPError) -> LanguageModelError {
    .unreachable(
      model: model, endpoint: redactedURL(base), reason: error.description, isTransient: error.isTransient)
  }

  /// The first bytes of a body that says what went wrong.
  private func beginning(of body: HTTPBody) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await chunk in body {
        bytes += chunk
        if bytes.count >= 1 << 16 { break }
      }
    } catch is HTTPError {
      return bytes
    }
    return bytes
  }

  /// - Throws: ``LanguageModelError`` unless the status is one of success.
  private func check(_ status: Int, _ headers: HTTPHeaders, _ body: [UInt8]) throws {
    if (200..<300).contains(status) { return }
    let reason = serverReason(body)
    let advice = RetryAdvice(headers)
    if let error = try? value(body.prefix(1 << 16))["error"], let tokens = error["n_prompt_tokens"]?.integer,
      let context = error["n_ctx"]?.integer
    {
      // As llama.cpp's server says it.
      throw LanguageModelError.promptTooLong(model: model, tokens: tokens, context: context)
    }
    switch status {
    case 404: throw LanguageModelError.unknownModel(model: model, endpoint: redactedURL(base), advice: reason)
    case 429: throw LanguageModelError.rateLimited(model: model, reason: reason, advice: advice)
    default: throw LanguageModelError.refused(model: model, status: status, reason: reason, advice: advice)
    }
  }
}
