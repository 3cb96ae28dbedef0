import Domain
import Foundation
import HTTP
import TestSupport
import Testing
import VectorStore

/// A Qdrant peer, that makes trouble when it is told to.
struct TroubledPeer: Sendable {
  /// The one that the whole run shares, since a start takes a second; nobody may trouble it.
  static let untroubled = Result { try TroubledPeer() }
  let server: PeerServer
  let http: HTTPClient

  /// Starts one; its client gives up after the first attempt unless told otherwise.
  init(arguments: [String] = [], attempts: Int = 1) throws {
    server = try PeerServer("qdrant_server.py", arguments: arguments)
    var configuration = HTTPClientConfiguration()
    configuration.maximumAttempts = attempts
    configuration.backoffBase = 0.01
    http = HTTPClient(configuration: configuration)
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  /// A prefix that no other test has.
  static func randomPrefix() -> String { "twin_test_\(UUID().uuidString.lowercased())_" }

  func store(prefix: String = "", apiKey: String? = nil) async throws -> VectorStore {
    try await VectorStore.open(url, apiKey: apiKey, http: http, prefix: prefix)
  }

  /// Lets `changes` pass and troubles the next `count`; see the peer for the kinds.
  func trouble(_ kind: String, after changes: Int = 0, count: Int = 1) async throws {
    try await send(.post, "/test/fault", #"{"kind":"\#(kind)","after":\#(changes),"count":\#(count)}"#)
  }

  /// Gives requests of paths that match the pattern this result, in JSON, whatever they ask for.
  func answer(_ pattern: String, with result: String) async throws {
    try await send(.post, "/test/answer", #"{"path":"\#(pattern)","result":\#(result)}"#)
  }

  /// Answers truly again.
  func answerTruly() async throws { try await send(.post, "/test/answer", "{}") }

  /// Makes no trouble any more.
  func calm() async throws { try await trouble("drop", count: 0) }

  /// Sends a request of the test's own, and gives the status and body.
  @discardableResult
  func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> (Int, String) {
    let request = HTTPRequest(
      method, url + path, headers: ["Content-Type": "application/json"], body: body.map { Array($0.utf8) },
      trust: .configured)
    let response = try await http.send(request)
    return (response.status, String(decoding: response.body, as: UTF8.self))
  }

  /// The collection that an alias leads to; nil if there is no such alias.
  func collection(behind alias: String) async throws -> String? {
    struct Reply: Decodable {
      struct Result: Decodable { var aliases: [Alias] }
      struct Alias: Decodable {
        var alias_name: String
        var collection_name: String
      }
      var result: Result
    }
    let reply = try JSONDecoder().decode(Reply.self, from: Data(try await send(.get, "/aliases").1.utf8))
    return reply.result.aliases.first { $0.alias_name == alias }?.collection_name
  }

  /// The names of the collections that begin with a prefix.
  func collections(prefix: String) async throws -> [String] {
    try await send(.get, "/collections").1.split(separator: "\"").map(String.init).filter { $0.hasPrefix(prefix) }
  }

  /// Makes what the version before the aliases made: collections under their plain names, with a document in
  /// `cleaned_posts`, and records without a schema.
  func makeEarlierCollections(prefix: String) async throws {
    struct Points<Payload: Encodable>: Encodable {
      struct Point: Encodable {
        var id: Identifier
        var vector: [String: [Float]] = [:]
        var payload: Payload
      }
      var points: [Point]
    }
    struct Record: Encodable {
      var collection: String
      var model: EmbeddingModelInfo?
    }
    try await send(.put, "/collections/\(prefix)twin_collections", #"{"vectors":{}}"#)
    for category in DataCategory.allCases {
      let (cleaned, embedded) = ("\(prefix)cleaned_\(category.rawValue)", "\(prefix)embedded_\(category.rawValue)")
      try await send(.put, "/collections/\(cleaned)", #"{"vectors":{}}"#)
      try await send(
        .put, "/collections/\(embedded)",
        #"{"vectors":{"dense":{"size":4,"distance":"Cosine"}},"sparse_vectors":{"bm25":{"modifier":"idf"}}}"#)
      let records = [Record(collection: cleaned), Record(collection: embedded, model: Corpus.model)]
      let points = records.map { Points.Point(id: Identifier("collection", [$0.collection]), payload: $0) }
      try await store(Points(points: points), in: "\(prefix)twin_collections")
    }
    let document = Corpus.document("earlier", category: .posts)
    try await store(Points(points: [.init(id: document.id, payload: document)]), in: "\(prefix)cleaned_posts")
  }

  private func store(_ points: some Encodable, in collection: String) async throws {
    let body = String(decoding: try JSONEncoder().encode(points), as: UTF8.self)
    let (status, message) = try await send(.put, "/collections/\(collection)/points?wait=true", body)
    #expect(status == 200, "\(message)")
  }
}
