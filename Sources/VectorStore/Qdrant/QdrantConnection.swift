import Foundation
import HTTP

/// Qdrant's REST interface: one call, its envelope and its errors.
///
/// Every call may be sent twice without harm, since all identifiers are deterministic: the client retries them all.
struct QdrantConnection: Sendable {
  /// The most time for one call with its retries, in seconds: an upsert waits until it is applied.
  static let totalTimeout: Double = 300
  /// The same for a call that goes over a whole collection, such as a snapshot or an index: six hours.
  static let collectionTimeout: Double = 6 * 3600
  /// The longest answer that is read, in bytes, unless told otherwise.
  static let maximumReplyLength = 128 << 20

  /// The address without a trailing slash.
  let base: String
  /// The same without credentials, for messages.
  let display: String
  /// The key for the server; never printed.
  let apiKey: String?
  private let http: HTTPClient
  private let maximumReplyLength: Int

  init(_ address: StoreAddress, maximumReplyLength: Int = Self.maximumReplyLength) {
    self.maximumReplyLength = maximumReplyLength
    var base = address.url
    while base.hasSuffix("/") { base.removeLast() }
    self.base = base
    var display = address.display
    while display.hasSuffix("/") { display.removeLast() }
    self.display = display
    apiKey = address.apiKey
    http = address.http
  }

  /// Where the server finds itself: the address without user name and password, which are not for its logs.
  var ownAddress: String {
    guard let start = base.range(of: "://")?.upperBound else { return base }
    let authority = base[start...].prefix { $0 != "/" }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return String(base[..<start] + host + base[authority.endIndex...])
  }

  /// The server in messages.
  var store: String { "Qdrant at \(display)" }

  /// An answer that is longer than the longest that is read: who can ask for less at a time does.
  struct ReplyTooLong: Error {}

  /// Calls, and gives the `result` of the answer.
  ///
  /// - Parameters:
  ///   - operation: what is being done, for messages: “list the collections”.
  ///   - timeout: the most time for it with its retries, in seconds.
  func call<Value: Decodable & Sendable>(
    _ operation: String, _ method: HTTPRequest.Method, _ path: String, body: [UInt8]? = nil,
    timeout: Double = Self.totalTimeout, as type: Value.Type = Value.self
  ) async throws -> Value {
    do {
      let body = try await send(operation, method, path, body: body, timeout: timeout)
      return try decode(QdrantReply.Envelope<Value>.self, from: body, operation).result
    } catch is ReplyTooLong {
      throw tooLong(operation, "it is")
    }
  }

  /// Calls about a collection; nil if there is no such collection.
  func callIfPresent<Value: Decodable & Sendable>(
    _ operation: String, _ method: HTTPRequest.Method, _ path: String, body: [UInt8]? = nil,
    as type: Value.Type = Value.self
  ) async throws -> Value? {
    do {
      return try await callForPart(operation, method, path, body: body, as: type)
    } catch is ReplyTooLong {
      throw tooLong(operation, "it is")
    }
  }

  /// The same for those who can ask for less at a time: the only calls that throw ``ReplyTooLong``.
  func callForPart<Value: Decodable & Sendable>(
    _ operation: String, _ method: HTTPRequest.Method, _ path: String, body: [UInt8]? = nil,
    as type: Value.Type = Value.self
  ) async throws -> Value? {
    do {
      let body = try await send(operation, method, path, body: body)
      return try decode(QdrantReply.Envelope<Value>.self, from: body, operation).result
    } catch VectorStoreError.refused(_, _, 404, _) {
      return nil
    }
  }

  /// Changes points, and makes sure that it was done.
  ///
  /// - Throws: ``VectorStoreError/unfinished(store:operation:status:)`` if the server says that it is still to be done.
  func update(
    _ operation: String, _ method: HTTPRequest.Method, _ path: String, body: [UInt8],
    timeout: Double = Self.totalTimeout
  ) async throws {
    let update = try await call(operation, method, path, body: body, timeout: timeout, as: QdrantReply.Update.self)
    try check([update], operation)
  }

  /// Changes points, if there is such a collection, and makes sure that it was done.
  ///
  /// - Throws: as ``update(_:_:_:body:timeout:)``.
  func updateIfPresent(_ operation: String, _ method: HTTPRequest.Method, _ path: String, body: [UInt8]) async throws {
    let update = try await callIfPresent(operation, method, path, body: body, as: QdrantReply.Update.self)
    try check([update].compactMap(\.self), operation)
  }

  /// Makes several changes of points one after the other, if there is such a collection.
  ///
  /// - Throws: as ``update(_:_:_:body:timeout:)``.
  func updatesIfPresent(_ operation: String, _ method: HTTPRequest.Method, _ path: String, body: [UInt8]) async throws {
    try check(
      try await callIfPresent(operation, method, path, body: body, as: [QdrantReply.Update].self) ?? [], operation)
  }

  private func check(_ updates: [QdrantReply.Update], _ operation: String) throws {
    for update in updates where update.status != QdrantReply.Update.completed {
      throw VectorStoreError.unfinished(store: store, operation: operation, status: String(update.status.prefix(60)))
    }
  }

  /// - Parameter subject: what is too long, with its verb.
  func tooLong(_ operation: String, _ subject: String) -> VectorStoreError {
    .unexpectedReply(store: store, operation: operation, reason: "\(subject) longer than \(maximumReplyLength) bytes")
  }

  /// The server's version.
  ///
  /// - Throws: ``VectorStoreError`` when it is not Qdrant, or one that is too old.
  func checkedVersion() async throws -> QdrantVersion {
    let body: [UInt8]
    do {
      body = try await send("tell its version", .get, "/")
    } catch VectorStoreError.refused(_, _, let status, _) {
      throw VectorStoreError.notQdrant(store: display, reason: "it answers with status \(status)")
    } catch is ReplyTooLong {
      throw VectorStoreError.notQdrant(store: display, reason: "its answer is too long")
    }
    guard let about = try? JSONDecoder().decode(QdrantReply.About.self, from: Data(body)),
      about.title.lowercased().contains("qdrant")
    else {
      throw VectorStoreError.notQdrant(store: display, reason: "it does not say so")
    }
    let version = QdrantVersion(about.version)
    if version < .minimum {
      throw VectorStoreError.unsupportedVersion(
        store: display, version: version.text, minimum: QdrantVersion.minimum.text)
    }
    return version
  }

  private func send(
    _ operation: String, _ method: HTTPRequest.Method, _ path: String, body: [UInt8]? = nil,
    timeout: Double = Self.totalTimeout
  ) async throws -> [UInt8] {
    var headers: HTTPHeaders = ["Accept": "application/json"]
    if body != nil { headers["Content-Type"] = "application/json" }
    if let apiKey { headers["api-key"] = apiKey }
    var request = HTTPRequest(
      method, base + path, headers: headers, body: body, trust: .configured, isIdempotent: true,
      totalTimeout: timeout)
    request.maximumBodyBytes = maximumReplyLength
    let response: HTTPResponse
    do {
      response = try await http.send(request)
    } catch HTTPError.bodyTooLarge {
      throw ReplyTooLong()
    } catch let error as HTTPError {
      throw VectorStoreError.unreachable(store: display, reason: "\(error)")
    }
    if (200..<300).contains(response.status) { return response.body }
    let message = message(in: response.body)
    if response.status == 401 || response.status == 403 {
      throw VectorStoreError.unauthorized(store: display, message: message)
    }
    throw VectorStoreError.refused(
      store: store, operation: operation, status: response.status, message: message)
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, from body: [UInt8], _ operation: String
  ) throws -> Value {
    do {
      return try JSONDecoder.qdrant.decode(type, from: Data(body))
    } catch {
      throw VectorStoreError.unexpectedReply(
        store: store, operation: operation, reason: "it is not the JSON that Qdrant's API describes")
    }
  }

  /// Qdrant's own words, or the beginning of what answered in its place.
  private func message(in body: [UInt8]) -> String {
    if let failure = try? JSONDecoder().decode(QdrantReply.Failure.self, from: Data(body)) {
      return failure.status.error
    }
    let text = String(decoding: body.prefix(300), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    return text.isEmpty ? "no reason given" : text.joined(separator: " ")
  }
}
