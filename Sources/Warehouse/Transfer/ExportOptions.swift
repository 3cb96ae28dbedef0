public import Domain

/// How an export is made.
public struct ExportOptions: Sendable {
  /// The collections; empty for all that the store has.
  public var collections: [String] = []
  /// How values are written.
  public var format = ExtendedJSONFormat.relaxed
  /// Is told how far it is, after each batch.
  public var progress: (@Sendable (TransferProgress) -> Void)?

  /// The defaults: all collections, relaxed.
  public init() {}
}
