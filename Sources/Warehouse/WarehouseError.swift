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
  /// The server answered, and refused or failed.
  case serverRefused(location: String, operation: String, reason: String)
  /// Stored documents already break a rule of the warehouse: two have the same unique value.
  case duplicates(location: String, collection: String, reason: String)
  /// The document is larger than any store takes.
  case documentTooLarge(collection: String, document: String, bytes: Int)
  /// The document cannot be encoded.
  case unencodable(collection: String, document: String, reason: String)
  /// Another document has its identifier or its link, and kept it after several attempts.
  case conflict(collection: String, document: String, reason: String)
  /// A stored document is not what it should be.
  case unreadable(UnreadableDocument)
  /// There is no such collection.
  case unknownCollection(name: String, reason: String)
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
    case .serverRefused(let location, let operation, let reason):
      "the MongoDB server \(location) could not carry out \(operation): \(reason). What it confirmed before is stored; "
        + "run again to store the rest."
    case .duplicates(let location, let collection, let reason):
      "the collection \(collection) of \(location) has several documents of one link: \(reason). Delete all but one of "
        + "them and run again."
    case .documentTooLarge(let collection, let document, let bytes):
      "the document \(document) of \(collection) has \(bytes) bytes, and a store takes at most "
        + "\(Warehouse.maximumDocumentBytes). Split it, or leave it out of the sources."
    case .unencodable(let collection, let document, let reason):
      "the document \(document) of \(collection) cannot be stored: \(reason). Correct it at its source."
    case .conflict(let collection, let document, let reason):
      "the document \(document) of \(collection) could not be stored, because another process kept storing one like "
        + "it: \(reason). Run again when that one has ended."
    case .unreadable(let document):
      "the stored document \(document.id) of \(document.collection) cannot be read: \(document.reason). Correct it in "
        + "the store or delete it, and crawl its link again."
    case .unknownCollection(let name, let reason):
      "there is no collection \(name): \(reason)."
    case .cannotReadFile(let path, let reason):
      "cannot read \(path): \(reason). Check the path and its permissions."
    case .cannotWriteFile(let path, let reason):
      "cannot write \(path): \(reason). Check the folder's permissions and the free space of the disk."
    }
  }
}
