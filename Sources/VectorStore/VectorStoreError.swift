public import Domain

/// What can go wrong with a vector store.
public enum VectorStoreError: Error, Equatable, CustomStringConvertible {
  /// The setting names no store that there is a driver for.
  case unknownStore(url: String, schemes: [String])
  /// The setting says that the store is a file, and not which one.
  case noPath(url: String)
  /// The prefix of the collections' names has a character that is not a letter, digit, `-` or `_`, or is too long.
  case unusablePrefix(String)
  /// The server did not answer.
  case unreachable(store: String, reason: String)
  /// The server refused the key, or asks for one.
  case unauthorized(store: String, message: String)
  /// The server answers, but is not the one expected.
  case notQdrant(store: String, reason: String)
  /// The server is too old.
  case unsupportedVersion(store: String, version: String, minimum: String)
  /// The server refused an operation; `message` is in its own words.
  case refused(store: String, operation: String, status: Int, message: String)
  /// The server took a change, and answered before it was done.
  case unfinished(store: String, operation: String, status: String)
  /// The server's answer could not be read.
  case unexpectedReply(store: String, operation: String, reason: String)
  /// A collection of a name that is needed was made by someone else.
  case foreignCollection(store: String, name: String, reason: String)
  /// The collections of a category are not there: ``VectorStore/prepare(for:)`` makes them.
  case notPrepared(store: String, category: DataCategory)
  /// The store holds vectors of another model.
  case modelMismatch(store: String, stored: String, given: String)
  /// A store that must be there is not.
  case noSuchFile(path: String)
  /// A store was to be copied to itself.
  case copiesToItself(store: String)
  /// There is nothing to copy.
  case nothingStored(store: String)
  /// A copy would break off a change of the model that is under way.
  case changeUnderWay(store: String, model: String)
  /// A copy would drop documents of another model that it has nothing for.
  case losesDocuments(store: String, stored: String, given: String, count: Int)
  /// A vector cannot be compared by its angle.
  case unusableVector(of: String, reason: String)
  /// A vector has not the number of components that the collection has.
  case wrongDimension(of: String, expected: Int, actual: Int)
  /// A document or chunk cannot be stored.
  case unusableDocument(id: Identifier, reason: String)
  /// A search lacks what its mode needs, or asks for too much.
  case unusableQuery(reason: String)
  /// The engine cannot do that; `instead` says what to do.
  case unsupported(store: String, operation: String, instead: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .unknownStore(let url, let schemes):
      "cannot open the vector store \(url): no driver knows it. Use one of "
        + "\(schemes.sorted().map { "\($0):…" }.joined(separator: ", ")), such as sqlite:data/twin.sqlite or "
        + "http://localhost:6333."
    case .noPath(let url):
      "cannot open the vector store \(url): it names no file. Write sqlite:PATH, such as sqlite:data/twin.sqlite."
    case .unusablePrefix(let prefix):
      "cannot use “\(prefix)” as the prefix of collection names: use at most 64 of the characters A-Z, a-z, 0-9, - "
        + "and _."
    case .unreachable(let store, let reason):
      "cannot reach Qdrant at \(store): \(reason). Start it, correct its address (`vectors` in the configuration), or "
        + "use the embedded store (vectors: sqlite:data/twin.sqlite)."
    case .unauthorized(let store, let message):
      "Qdrant at \(store) refuses the API key: \(message). Set `api_key` under `vectors` in the configuration, for "
        + "example to ${QDRANT_API_KEY}; for a copy, name the variable that has it with --from-key-variable or "
        + "--to-key-variable."
    case .notQdrant(let store, let reason):
      "what answers at \(store) is not Qdrant: \(reason). Correct `vectors` in the configuration; Qdrant's REST port is "
        + "6333 unless it was changed."
    case .unsupportedVersion(let store, let version, let minimum):
      "Qdrant at \(store) is version \(version), but \(minimum) or newer is needed. Upgrade it."
    case .refused(let store, let operation, let status, let message):
      "\(store) could not \(operation) (status \(status)): \(message). What was stored before is still there; put right "
        + "what it says and run again."
    case .unfinished(let store, let operation, let status):
      "\(store) was told to \(operation), and has not done it yet (it says “\(status)”). It may have too much to "
        + "do: run again later, nothing is stored twice."
    case .unexpectedReply(let store, let operation, let reason):
      "cannot read the answer of \(store) to “\(operation)”: \(reason). Check that nothing stands between (a proxy, "
        + "another server on that port)."
    case .foreignCollection(let store, let name, let reason):
      "the collection \(name) of \(store) was not made by twin (\(reason)), so it is left as it is. Rename or remove "
        + "it, or give twin's collections a prefix of their own (`vectors.prefix`)."
    case .notPrepared(let store, let category):
      "the collections for \(category.rawValue) do not exist in \(store). Run `twin features`, which makes them."
    case .modelMismatch(let store, let stored, let given):
      "\(store) holds vectors of \(stored), which cannot be mixed with those of \(given). Run `twin features` with one "
        + "model: it makes all vectors again."
    case .noSuchFile(let path):
      "there is no vector store at \(path): there is no such file. Correct the path; `twin features` makes the store."
    case .copiesToItself(let store):
      "cannot copy \(store) to itself: name another store, or another prefix."
    case .nothingStored(let store):
      "\(store) has no collections, so that there is nothing to copy. Run `twin features` first, or correct the address "
        + "and the prefix."
    case .changeUnderWay(let store, let model):
      "\(store) is being filled with vectors of \(model), which a copy would break off. Complete that with "
        + "`twin features` or `twin vectors migrate`, or give it up with `twin vectors drop --pending`."
    case .losesDocuments(let store, let stored, let given, let count):
      "\(store) holds vectors of \(stored), which those of \(given) would replace; \(count) of its documents are not in "
        + "the source and would be lost. Copy to an empty store, or run `twin vectors drop` on that one first."
    case .unusableVector(let subject, let reason):
      "the vector of \(subject) cannot be used: \(reason). Check the embedding model."
    case .wrongDimension(let subject, let expected, let actual):
      "the vector of \(subject) has \(actual) components where the store's have \(expected). Use the model that the "
        + "store was filled with, or run `twin features` to fill it anew."
    case .unusableDocument(let id, let reason):
      "cannot store the document \(id): \(reason)."
    case .unsupported(let store, let operation, let instead):
      "\(store) cannot \(operation). \(instead)"
    case .unusableQuery(let reason):
      "cannot search: \(reason)."
    }
  }
}
