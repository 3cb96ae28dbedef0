/// Why snapshots of a vector store cannot be chosen.
public enum SnapshotError: Error, Equatable, CustomStringConvertible {
  /// There is no snapshot of a name.
  case unknownName(name: String, nearest: String?)
  /// There are no snapshots.
  case none
  /// Of one kind of writing there are no documents with chunks that are as new.
  case incomplete(category: DataCategory)

  /// What was being done, and what to do about it.
  public var description: String {
    switch self {
    case .unknownName(let name, let nearest):
      "there is no snapshot `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? ".")
        + " `twin vectors snapshot list` shows them."
    case .none: "there are no snapshots. `twin vectors snapshot create` makes one of each collection."
    case .incomplete(let category):
      "the snapshots of \(category.rawValue) are not complete: there is none of its chunks, or none of its documents "
        + "that is not newer. Name the snapshots that you want; `twin vectors snapshot list` shows them."
    }
  }
}
