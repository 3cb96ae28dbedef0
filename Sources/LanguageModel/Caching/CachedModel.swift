/// A model whose replies are kept: the same request to the same weights is answered from the cache.
///
/// Only good replies are kept. A reply from the cache is told to a listener as one piece.
public struct CachedModel: StreamingLanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let cache: ReplyCache
  private let meter: ModelMeter?
  private let refreshes: Bool
  private let digests = OnceEach<String>()

  /// Puts a cache before a model.
  ///
  /// - Parameters:
  ///   - meter: which counts the replies from the cache.
  ///   - refreshes: whether all is asked anew, and takes the place of what is kept.
  public init(_ model: any LanguageModel, cache: ReplyCache, meter: ModelMeter? = nil, refreshes: Bool = false) {
    self.model = model
    self.cache = cache
    self.meter = meter
    self.refreshes = refreshes
  }

  /// Gives the kept reply, or generates one and keeps it.
  /// - Throws: ``LanguageModelError``; `StorageError`; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let key = ReplyKey(request, digest: try await digest())
    if !refreshes, let reply = try await cache.lookup(key) {
      meter?.note(reply)
      telling?(reply.text)
      return reply
    }
    let reply = try await model.generate(request, telling: telling)
    try await cache.store(reply, for: key, subject: request.subject)
    return reply
  }

  /// Which requests would be answered from the cache.
  public func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
    if refreshes { return [] }
    let digest = try await digest()
    let keys = requests.map { ReplyKey($0, digest: digest) }
    let known = try await cache.contains(keys)
    return Set(keys.indices.filter { known.contains(keys[$0]) })
  }

  /// The model's digest, asked for once.
  public func digest() async throws -> String {
    try await digests.value(name) { try await model.digest() }
  }
}
