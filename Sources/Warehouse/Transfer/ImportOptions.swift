public import Domain

/// How a file is imported.
public struct ImportOptions: Sendable {
  /// A file in which it is kept how far the import has come: if the import is killed, the next one of the same
  /// file goes on from there. It is replaced after each batch and stays at the end, so that whoever keeps the failures can
  /// do so before removing it. Nil to begin at the beginning each time.
  public var checkpoint: String?
  /// Whether what the checkpoint says is passed over.
  public var restarts = false
  /// Is told how far it is, after each batch.
  public var progress: (@Sendable (TransferProgress) -> Void)?

  /// The defaults: no checkpoint.
  public init() {}
}
