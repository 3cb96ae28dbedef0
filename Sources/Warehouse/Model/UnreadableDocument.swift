public import Domain

/// A stored document that cannot be read.
public struct UnreadableDocument: Hashable, Sendable {
  /// The collection it is in.
  public var collection: String
  /// Its identifier.
  public var id: Identifier
  /// Which field is wrong, and how.
  public var reason: String
  /// Its identifier as the store has it, where the case of letters counts.
  var storedID: String

  init(collection: String, id: Identifier, reason: String) {
    self.init(collection: collection, storedID: id.uuidString, reason: reason)
  }

  init(collection: String, storedID: String, reason: String) {
    self.collection = collection
    id = Identifier(existing: storedID)
    self.reason = reason
    self.storedID = storedID
  }
}
