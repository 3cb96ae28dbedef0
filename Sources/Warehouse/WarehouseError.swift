/// What can go wrong with the warehouse. Addresses in it never have credentials or options.
///
/// A warehouse in an SQLite file also throws `StorageError`, which says the same kind of things about the file.
public enum WarehouseError: Error, CustomStringConvertible {
  /// The setting is not the URL of a warehouse.
  case invalidURL(url: String, reason: String)
  /// The server did not answer.
  case serverUnreachable(location: String, reason: String)
  /// The server does not accept the user name or password.
  case authenticationFailed(location: String, reason: String)
  /// The server wants to know who asks, and the URL does not say it.
  case credentialsMissing(location: String, operation: String, reason: String)
  /// The server answered, and refused or failed.
  case serverRefused(location: String, operation: String, reason: String)
  /// The user may not do what was asked for.
  case unauthorized(location: String, operation: String, reason: String)
  /// The server is older than what the warehouse needs.
  case serverTooOld(location: String, reason: String)
  /// The replica set has no primary at the moment, or another one than before.
  case noPrimary(location: String, operation: String, reason: String)
  /// The connection broke during a change, and nobody knows if it was made.
  case interrupted(location: String, operation: String, reason: String)
  /// The server made the change, but too few of its replicas confirmed it in time.
  case notReplicated(location: String, operation: String, reason: String)
  /// It is not known whether the document is stored.
  case unconfirmed(collection: String, document: String, reason: String)
  /// An index that the warehouse needs is there already with other properties.
  case indexConflict(location: String, collection: String, index: String, reason: String)
  /// A sorted reading was broken off, and cannot go on where it was.
  case readingInterrupted(location: String, collection: String, reason: String)
  /// Stored documents already break a rule of the warehouse: two have the same unique value.
  case duplicates(location: String, collection: String, reason: String)
  /// The document is larger than any store takes, or than this one says it takes.
  case documentTooLarge(
    collection: String, document: String, bytes: Int, limit: Int = Warehouse.maximumDocumentBytes)
  /// The document cannot be encoded.
  case unencodable(collection: String, document: String, reason: String)
  /// Another document has its identifier or its link, and kept it after several attempts.
  case conflict(collection: String, document: String, reason: String)
  /// A stored document cannot be changed as an update asks.
  case invalidUpdate(collection: String, document: String, reason: String)
  /// Another document has its unique key, and keeps it.
  case taken(collection: String, document: String, identifier: String, other: String)
  /// A row of a file is not a document that can be stored.
  case unusableRow(reason: String)
  /// A warehouse was to be copied to itself.
  case copiesToItself(location: String)
  /// A stored document is not what it should be.
  case unreadable(UnreadableDocument)
  /// There is no such collection.
  case unknownCollection(name: String, reason: String)
  /// The server has no database of that name.
  case noSuchDatabase(location: String)
  /// An export of a collection without documents would replace a file that has some.
  case replacesDocuments(collection: String, path: String)
  /// A file could not be read.
  case cannotReadFile(path: String, reason: String)
  /// A file could not be written; what was there before is untouched.
  case cannotWriteFile(path: String, reason: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .invalidURL(let url, let reason):
      "\(url) is not a warehouse: \(reason). Write sqlite:PATH or mongodb://HOST[:PORT]/DATABASE."
    case .serverUnreachable(let location, let reason):
      "the MongoDB server \(location) does not answer: \(reason). Start it or correct the address and the firewall, or "
        + "set warehouse to sqlite:data/twin.sqlite, which needs no server."
    case .authenticationFailed(let location, let reason):
      "the MongoDB server \(location) does not accept the user name or password: \(reason). Correct them in the "
        + "warehouse URL; authSource=admin is needed when the user is defined there."
    case .credentialsMissing(let location, let operation, let reason):
      "the MongoDB server \(location) asks for a user name and password for \(operation): \(reason). Write them in the "
        + "warehouse URL, percent-encoded: mongodb://USER:PASSWORD@HOST/DATABASE."
    case .serverRefused(let location, let operation, let reason):
      "the MongoDB server \(location) could not carry out \(operation): \(reason). What it confirmed before is stored; "
        + "run again to store the rest."
    case .unauthorized(let location, let operation, let reason):
      "the MongoDB server \(location) does not allow \(operation): \(reason). Give the user the role readWrite on the "
        + "database."
    case .serverTooOld(let location, let reason):
      "the MongoDB server \(location) is too old: \(reason). Update it to MongoDB 4.4 or later."
    case .noPrimary(let location, let operation, let reason):
      "the MongoDB server \(location) has no primary for \(operation): \(reason). Run again when its replica set has "
        + "elected one."
    case .interrupted(let location, let operation, let reason):
      "the connection to the MongoDB server \(location) broke during \(operation): \(reason). It may or may not have "
        + "been done: look before it is repeated."
    case .notReplicated(let location, let operation, let reason):
      "the MongoDB server \(location) has carried out \(operation), but its replicas did not confirm it: \(reason). "
        + "Check the replica set and run again."
    case .unconfirmed(let collection, let document, let reason):
      "it is not known whether the document \(document) of \(collection) is stored: \(reason). Look it up, or store it "
        + "again when the server answers."
    case .indexConflict(let location, let collection, let index, let reason):
      "the collection \(collection) of \(location) already has the index \(index), which is not the one that is needed: "
        + "\(reason). Drop it with db.getCollection(\"\(collection)\").dropIndex(\"\(index)\") and run again."
    case .readingInterrupted(let location, let collection, let reason):
      "the sorted reading of \(collection) from \(location) was broken off: \(reason). Read it again from its beginning."
    case .duplicates(let location, let collection, let reason):
      "the collection \(collection) of \(location) has several documents of one unique value: \(reason). Delete all but "
        + "one of them and run again."
    case .documentTooLarge(let collection, let document, let bytes, let limit):
      "the document \(document) of \(collection) has \(bytes) bytes, and a store takes at most \(limit). Split it, or "
        + "leave it out of the sources."
    case .unencodable(let collection, let document, let reason):
      "the document \(document) of \(collection) cannot be stored: \(reason). Correct it at its source."
    case .conflict(let collection, let document, let reason):
      "the document \(document) of \(collection) could not be stored, because another one has its identifier or a "
        + "unique field of it: \(reason). Change one of the two, or run again if another process was storing it."
    case .invalidUpdate(let collection, let document, let reason):
      "the document \(document) of \(collection) cannot be updated: \(reason). Leave it out of the filter, or correct "
        + "the field first."
    case .taken(let collection, let document, let identifier, let other):
      "the document \(document) of \(collection) has the identifier \(identifier), and is stored under \(other) already, "
        + "which stays. Delete that one if this one is to be stored."
    case .unusableRow(let reason): "the row is not a document that can be stored: \(reason). Correct it in its file."
    case .copiesToItself(let location):
      "\(location) is where the documents come from. Name another warehouse to copy them to."
    case .unreadable(let document):
      "the stored document \(document.id) of \(document.collection) cannot be read: \(document.reason). Correct it in "
        + "the store or delete it, and crawl its link again."
    case .unknownCollection(let name, let reason):
      "there is no collection \(name): \(reason)."
    case .noSuchDatabase(let location):
      "there is no database \(location). Check its name; MongoDB has a database when something is stored in it."
    case .replacesDocuments(let collection, let path):
      "\(collection) has nothing that could be exported, and \(path) has documents of an earlier export, which it keeps. "
        + "Remove the file if nothing is right, or export to another folder."
    case .cannotReadFile(let path, let reason):
      "cannot read \(path): \(reason). Check the path and its permissions."
    case .cannotWriteFile(let path, let reason):
      "cannot write \(path): \(reason). Check the folder's permissions and the free space of the disk."
    }
  }
}
