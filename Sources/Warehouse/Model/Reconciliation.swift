/// What becomes of a stored document when another version of it is saved.
public enum Reconciliation<D: Document>: Sendable {
  /// The stored one says the same: nothing is written.
  case keep
  /// The content is the same, but what is known about it has changed: this is written and counts as unchanged.
  case refresh(D)
  /// The content has changed: this is written.
  case replace(D)
}
