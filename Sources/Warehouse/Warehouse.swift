public import Domain
public import Storage

/// Where crawled documents and their authors are kept: an embedded SQLite file, or a MongoDB database.
///
/// ```swift
/// let warehouse = try await Warehouse.open("sqlite:data/twin.sqlite")
/// let ada = try await warehouse.getOrCreate(User(fullName: "Ada Example"))
/// let outcomes = try await warehouse.save(documents)          // .inserted, .updated, .unchanged or .failed, each
/// for try await batch in warehouse.documents(in: .articles, authors: [ada.id]).batches { … }
/// ```
///
/// It is a value and may be copied freely. Everything it does is safe to repeat: the same documents saved twice are
/// stored once.
public struct Warehouse: Sendable {
  /// The largest document in bytes, in the encoding of the store: MongoDB's limit
  /// (<https://www.mongodb.com/docs/manual/reference/limits/>), and so that of every store, since documents are copied
  /// from one to another.
  public static let maximumDocumentBytes = 16 * 1024 * 1024

  /// The names of all collections, in the order in which they are listed.
  public static let collections = ["users", "posts", "articles", "repositories"]

  /// The steps that bring an embedded database file to what the warehouse needs.
  public static let migrations: [Migration] = SQLiteSchema.migrations

  let store: PreparedStore

  /// Opens a warehouse and makes sure that it answers.
  ///
  /// - Parameters:
  ///   - url: `sqlite:PATH` (the file is made if need be), or `mongodb://…` or `mongodb+srv://…` with the database's name
  ///     as its path (`twin` if there is none).
  ///   - options: how it is reached.
  /// - Throws: ``WarehouseError`` or `StorageError`, which name the place without credentials. A server that is down is
  ///   given up after the server selection timeout.
  public static func open(_ url: String, options: WarehouseOptions = WarehouseOptions()) async throws -> Warehouse {
    try await open(url, options: options, isForReading: false)
  }

  /// - Parameter isForReading: whether nothing will be written, so that a file may be on a read-only medium.
  static func open(_ url: String, options: WarehouseOptions, isForReading: Bool) async throws -> Warehouse {
    switch try WarehouseLocation(url) {
    case .sqlite(let path):
      // Opening may wait for another process that migrates the file.
      let database = try await fileThreads.run {
        try EmbeddedDatabase(path: path, migrations: migrations, isForReading: isForReading)
      }
      return Warehouse(database: database)
    case .mongoDB(let url):
      let warehouse = Warehouse(driver: try await MongoDriver.open(url, options: options))
      try await warehouse.prepare()
      return warehouse
    }
  }

  /// Uses a database file that is open already; it must have been opened with ``migrations`` among its own.
  public init(database: EmbeddedDatabase) {
    self.init(driver: SQLiteDriver(database: database))
  }

  init(driver: any WarehouseDriver) {
    store = PreparedStore(driver)
  }

  /// The driver, for what is not about documents of one type.
  var driver: any WarehouseDriver { store.driver }

  /// The documents of a type, in the collection that it names or in another one.
  ///
  /// The name is checked, and the collection and its indexes are made, when it is first used.
  public func collection<D: Document>(_ type: D.Type, named name: String? = nil) -> DocumentCollection<D> {
    DocumentCollection(name: name ?? D.collection, store: store)
  }

  /// The collection of users.
  public var userCollection: DocumentCollection<User> { collection(User.self) }

  /// The collection of a category.
  public func collection(_ category: DataCategory) -> DocumentCollection<RawDocument> {
    collection(RawDocument.self, named: category.rawValue)
  }

  /// Looks at the collections of the warehouse itself, so that what is wrong with them shows at once.
  private func prepare() async throws {
    _ = try await userCollection.driver(for: .reading)
    for category in DataCategory.allCases { _ = try await collection(category).driver(for: .reading) }
  }

  /// What the warehouse is and where; asks the store, so it also shows that the store answers.
  ///
  /// - Throws: ``WarehouseError/serverUnreachable(location:reason:)`` or what else keeps it from answering.
  public func information() async throws -> WarehouseInformation {
    try await driver.information()
  }
}
