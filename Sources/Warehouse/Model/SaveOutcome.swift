/// What became of one document that was saved.
public enum SaveOutcome: Sendable {
  /// It was new.
  case inserted
  /// A stored document with the same link, or else the same identifier, was replaced; it kept its identifier.
  case updated
  /// The stored document has the same content.
  case unchanged
  /// It was not stored, and why; the other documents of the call were.
  case failed(WarehouseError)
}

extension SaveOutcome: Equatable {
  /// Failures are equal when they say the same.
  public static func == (left: SaveOutcome, right: SaveOutcome) -> Bool {
    switch (left, right) {
    case (.inserted, .inserted), (.updated, .updated), (.unchanged, .unchanged): true
    case (.failed(let left), .failed(let right)): left.description == right.description
    default: false
    }
  }
}
