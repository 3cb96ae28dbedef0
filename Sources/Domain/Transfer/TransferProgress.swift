/// How far an import, an export or a copy is.
public struct TransferProgress: Hashable, Sendable {
  /// What is being done.
  public enum Activity: String, Hashable, Sendable {
    /// Rows of a file are being stored.
    case importing
    /// Documents are being written to a file.
    case exporting
    /// Documents are being stored in another store.
    case copying
    /// Documents are being checked, or those of two stores compared.
    case verifying
  }

  /// What is being done.
  public var activity: Activity
  /// To which collection.
  public var collection: String
  /// How many rows or documents are done.
  public var completed: Int
  /// Of how many; of an import, as far as the size of its file and its rows so far let one guess. Nil if nobody knows.
  public var total: Int?

  /// Takes the parts; see the properties.
  public init(activity: Activity, collection: String, completed: Int, total: Int? = nil) {
    self.activity = activity
    self.collection = collection
    self.completed = completed
    self.total = total
  }
}
