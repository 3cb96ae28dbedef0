public import Domain

/// How a warehouse is copied to another.
public struct CopyOptions: Sendable {
  /// The collections; empty for all that the store has.
  public var collections: [String] = []
  /// Is told how far it is, after each batch.
  public var progress: (@Sendable (TransferProgress) -> Void)?

  /// The defaults: all collections.
  public init() {}
}
