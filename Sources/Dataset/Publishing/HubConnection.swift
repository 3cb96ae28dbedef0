import Foundation
import HTTP

/// Requests to a hub: each step by its name, so that a failure says which one it was.
struct HubConnection: Sendable {
  let destination: HubDestination
  let token: String
  let client: HTTPClient

  private static let timeout = 600.0
  static let largeFileType = "application/vnd.git-lfs+json"

  /// Sends JSON to the hub with the token.
  func post(_ step: String, _ url: String, _ body: some Encodable, type: String? = nil) async throws -> HTTPResponse {
    var headers: HTTPHeaders = ["Authorization": "Bearer \(token)"]
    if let type {
      headers["Content-Type"] = type
      headers["Accept"] = type
    }
    let request = try HTTPRequest.json(
      .post, url, body: body, headers: headers, trust: .configured, isIdempotent: true, totalTimeout: Self.timeout)
    return try await send(step, request)
  }

  /// Sends bytes to the hub with the token; not again if that may have been done already.
  func postOnce(_ step: String, _ url: String, _ body: [UInt8], type: String) async throws -> HTTPResponse {
    let request = HTTPRequest(
      .post, url, headers: ["Authorization": "Bearer \(token)", "Content-Type": type], body: body, trust: .configured,
      totalTimeout: Self.timeout)
    return try await send(step, request)
  }

  func get(_ step: String, _ url: String) async throws -> HTTPResponse {
    try await send(
      step,
      HTTPRequest(.get, url, headers: ["Authorization": "Bearer \(token)"], trust: .configured))
  }

  /// Sends something where the hub said: to its storage, which gets no token of ours, since its addresses are signed.
  func transfer(
    _ step: String, _ method: HTTPRequest.Method, _ url: String, headers: HTTPHeaders, _ body: [UInt8]
  ) async throws -> HTTPResponse {
    let isOwn = url.hasPrefix(destination.endpoint + "/")
    let request = HTTPRequest(
      method, url, headers: headers, body: body, trust: isOwn ? .configured : storageTrust, isIdempotent: true,
      totalTimeout: Self.timeout)
    return try await send(step, request)
  }

  /// A hub in one's own network has its storage there, too.
  private var storageTrust: HTTPRequest.Trust {
    destination.endpoint.hasPrefix("https://huggingface.co") ? .content : .configured
  }

  private func send(_ step: String, _ request: HTTPRequest) async throws -> HTTPResponse {
    do {
      return try await client.send(request)
    } catch let error as HTTPError {
      throw failure(step, error.description)
    }
  }

  /// Reads an answer that must be one of success.
  func decoded<Value: Decodable>(_ step: String, _ response: HTTPResponse, as type: Value.Type) throws -> Value {
    try require(step, response)
    guard let value = try? JSONDecoder().decode(type, from: Data(response.body)) else {
      throw failure(step, "its answer is not what a hub sends. Check HF_ENDPOINT.")
    }
    return value
  }

  func require(_ step: String, _ response: HTTPResponse) throws {
    guard !response.isSuccess else { return }
    let told = (try? JSONDecoder().decode([String: String].self, from: Data(response.body)))?["error"]
    let reason = (told ?? response.text).split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
    let advice =
      switch response.status {
      case 401, 403: " Check HF_TOKEN: it must be allowed to write to \(destination.namespace)."
      case 404: " Check the repository's name and that HF_TOKEN may see it."
      case 429, 500...: " Try again later; what was sent already is not sent again."
      default: ""
      }
    throw failure(step, "status \(response.status)\(reason.isEmpty ? "" : ": \(reason)").\(advice)")
  }

  func failure(_ step: String, _ reason: String) -> DatasetError {
    // Whatever a server echoes.
    .pushFailed(
      repository: destination.repository, step: step, reason: reason.replacing(token, with: "••••"))
  }
}
