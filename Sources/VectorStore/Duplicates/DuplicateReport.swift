/// What ``VectorStore/linkDuplicates(progress:)`` found.
public struct DuplicateReport: Codable, Hashable, Sendable {
  /// How many chunks were compared with those that stand for themselves.
  public var checked = 0
  /// How many of them are word for word what another chunk says, which stands for them.
  public var exact = 0
  /// How many of them say nearly the same as another chunk, which stands for them.
  public var near = 0

  /// Nothing was to be compared.
  public init() {}
}
