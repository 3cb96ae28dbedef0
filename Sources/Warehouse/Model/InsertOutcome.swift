/// What became of one document that was inserted.
public enum InsertOutcome: Sendable {
  /// It is stored.
  case inserted
  /// It is not, and why: most often its identifier or a unique field is there already.
  case failed(WarehouseError)
  /// It was not tried, because an earlier one of an ordered insertion failed.
  case skipped
}

extension InsertOutcome: Equatable {
  /// Failures are equal when they say the same.
  public static func == (left: InsertOutcome, right: InsertOutcome) -> Bool {
    switch (left, right) {
    case (.inserted, .inserted), (.skipped, .skipped): true
    case (.failed(let left), .failed(let right)): left.description == right.description
    default: false
    }
  }
}
