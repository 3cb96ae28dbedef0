import Foundation
import HTTP

/// Where a model is served: sends requests there and turns what goes wrong into ``LanguageModelError``.
struct ModelEndpoint: Sendable {
  let model: String
  let base: String
  let headers: HTTPHeaders
  let timeout: Double
  let client: HTTPClient

  /// Posts `body` to a path below the base and reads the answer.
  func post<Answer: Decodable>(_ path: String, _ body: JSONValue, as type: Answer.Type) async throws -> Answer {
    let response: HTTPResponse
    do {
      // Generating again costs, but harms nobody: a request that was turned away may be sent again.
      let request = try HTTPRequest.json(
        .post, base + path, body: body, headers: headers, trust: .configured, isIdempotent: true, totalTimeout: timeout)
      response = try await client.send(request)
    } catch let error as HTTPError {
      throw LanguageModelError.unreachable(model: model, endpoint: redactedURL(base), reason: error.description)
    }
    switch response.status {
    case 200..<300: break
    case 404:
      throw LanguageModelError.unknownModel(model: model, endpoint: redactedURL(base), advice: serverReason(response))
    case 429: throw LanguageModelError.rateLimited(model: model, reason: serverReason(response))
    default:
      throw LanguageModelError.refused(model: model, status: response.status, reason: serverReason(response))
    }
    do {
      return try JSONDecoder().decode(type, from: Data(response.body))
    } catch {
      throw LanguageModelError.notUnderstood(
        model: model, reason: "its answer is not the JSON of such a server: \(excerpt(of: response.body))")
    }
  }
}

/// What a server says about a failure: OpenAI's `{"error": {"message": …}}`, Ollama's `{"error": …}`, or its first
/// words.
private func serverReason(_ response: HTTPResponse) -> String {
  let value = try? JSONDecoder().decode(JSONValue.self, from: Data(response.body.prefix(1 << 20)))
  let message = value?["error"]?["message"]?.string ?? value?["error"]?.string ?? value?["message"]?.string
  let reason = excerpt(of: Array((message ?? String(decoding: response.body.prefix(400), as: UTF8.self)).utf8))
  return reason.isEmpty ? "it gave no reason" : reason
}

/// The first 200 characters on one line, without control characters.
func excerpt(of bytes: [UInt8]) -> String {
  let text = String(decoding: bytes.prefix(800), as: UTF8.self)
  let visible = String(
    String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  let line = visible.split(separator: " ").joined(separator: " ")
  return line.count > 200 ? line.prefix(200) + "…" : line
}

/// The reply as JSON that fits the schema.
///
/// Models without enforced schemas like to put their JSON between code fences; those are taken off.
func checkedJSON(_ text: String, _ schema: ResponseSchema, model: String) throws -> JSONValue {
  var trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
  if trimmed.hasPrefix("```"), trimmed.hasSuffix("```"), let end = trimmed.firstIndex(of: "\n") {
    trimmed = String(trimmed[end...].dropLast(3))
  }
  let excerpt = excerpt(of: Array(text.utf8))
  guard let value = try? JSONValue(parsing: trimmed) else {
    throw LanguageModelError.invalidReply(model: model, reason: "it is no JSON", excerpt: excerpt)
  }
  if let violation = schema.violation(by: value) {
    throw LanguageModelError.invalidReply(model: model, reason: violation, excerpt: excerpt)
  }
  return value
}
