public import Domain
public import HTTP
public import Storage

/// The store of cleaned documents and of their chunks with vectors: what `twin features` fills and searches read.
///
/// A document is stored under its category in two collections: `cleaned_posts|articles|repositories` hold the documents,
/// `embedded_posts|articles|repositories` their chunks. The cleaned document is also the mark that its chunks are all
/// there (``states(of:authors:madeBy:)``).
public struct VectorStore: Sendable {
  /// The engines: a new one is added here.
  static let drivers = [DriverRegistration(EmbeddedDriver.self), DriverRegistration(QdrantDriver.self)]

  /// The schemes of the addresses that ``open(_:apiKey:http:prefix:)`` takes: those of all engines.
  public static var schemes: [String] { drivers.flatMap(\.schemes) }

  let driver: any VectorStoreDriver
  let session: StoreSession

  init(driver: any VectorStoreDriver) {
    self.driver = driver
    session = StoreSession(driver: driver)
  }

  /// Uses the embedded file, opened with ``migrations``, which other stores may share.
  ///
  /// - Parameter prefix: what the collections' names begin with; a store sees those of its own prefix only.
  /// - Throws: ``VectorStoreError/unusablePrefix(_:)``.
  public init(embedded database: EmbeddedDatabase, prefix: String = "") throws {
    try Self.check(prefix: prefix)
    self.init(driver: EmbeddedDriver(database: database, prefix: prefix))
  }

  /// What ``init(embedded:prefix:)`` needs of its file.
  public static var migrations: [Migration] { EmbeddedSchema.migrations }

  /// Opens the store that a setting names, and checks that it can be used.
  ///
  /// - Parameters:
  ///   - url: `sqlite:PATH`, or the `http:` or `https:` address of Qdrant, version 1.10 or newer.
  ///   - apiKey: Qdrant's key; never printed.
  ///   - http: the client that requests to Qdrant go through.
  ///   - prefix: what the collections' names begin with; a store sees those of its own prefix only.
  /// - Throws: ``VectorStoreError``, or `StorageError` for the embedded file.
  public static func open(
    _ url: String, apiKey: String? = nil, http: HTTPClient, prefix: String = ""
  ) async throws -> VectorStore {
    try check(prefix: prefix)
    let address = StoreAddress(url: url, apiKey: apiKey, http: http, prefix: prefix)
    return VectorStore(driver: try await openDriver(address, among: drivers))
  }

  /// - Throws: ``VectorStoreError/unknownStore(url:schemes:)`` if none has the address's scheme.
  static func openDriver(
    _ address: StoreAddress, among drivers: [DriverRegistration]
  ) async throws -> any VectorStoreDriver {
    guard let driver = drivers.first(where: { $0.schemes.contains(address.scheme) }) else {
      throw VectorStoreError.unknownStore(url: address.display, schemes: drivers.flatMap(\.schemes))
    }
    return try await driver.open(address)
  }

  /// Where the store is, without credentials.
  public var location: String { driver.location }
  /// What the names of its collections begin with; empty unless it was opened with one.
  public var prefix: String { driver.prefix }
  /// The engine and its version, such as `SQLite 3.40.1`.
  public var engine: String { driver.engine }

  /// Makes the collections that are missing, for vectors of `model`; what is written from now on is written for it.
  ///
  /// Where there are vectors of another model, collections are made beside them: searches go on with the old ones until
  /// ``activate()`` puts the new ones into their place. A change that was interrupted is gone on with; one to a third model
  /// is given up, which the outcome says. For the model that searches find, a change to another one stays as it is, to be
  /// gone on with when that is prepared for again. Concurrent calls wait for the first; only that one is told what was
  /// done.
  /// - Throws: ``VectorStoreError/foreignCollection(store:name:reason:)`` for a collection that twin did not make,
  ///   before anything is changed; or what the engine throws.
  @discardableResult
  public func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    guard model.dimension > 0 else {
      throw VectorStoreError.unusableVector(of: "model \(model.name)", reason: "it has no components")
    }
    return try await session.prepare(for: model)
  }

  /// Ends a change of the model: what was written since ``prepare(for:)`` takes the place of the old collections, which
  /// are dropped. Nothing is done when no change is under way, or one to a model that the store was not prepared for;
  /// interrupted, it is completed by calling it again.
  ///
  /// - Returns: the model of before, if there was a change.
  @discardableResult
  public func activate() async throws -> EmbeddingModelInfo? {
    try await session.activate()
  }

  /// Removes all collections of the store's prefix that twin made, with what is in them.
  public func drop() async throws {
    try await session.drop()
  }

  /// The model of each category's vectors that searches find; a category that is not there has none.
  public func models() async throws -> [DataCategory: EmbeddingModelInfo] {
    try await session.currentModels().active
  }

  /// The model whose vectors are being made in the place of those that searches find; nil when none are.
  public func pendingModel() async throws -> EmbeddingModelInfo? {
    try await driver.models().pending.min { $0.key < $1.key }?.value
  }

  private static func check(prefix: String) throws {
    let isUsable = prefix.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isUsable, prefix.utf8.count <= 64 else { throw VectorStoreError.unusablePrefix(prefix) }
  }
}
