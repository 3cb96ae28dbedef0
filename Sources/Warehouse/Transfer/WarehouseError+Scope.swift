extension WarehouseError {
  /// Whether it is about one document, so that others may go well.
  public var isAboutOneDocument: Bool {
    switch self {
    case .documentTooLarge, .unencodable, .conflict, .taken, .unusableRow, .unreadable: true
    default: false
    }
  }

  /// Whether it is about one collection, so that others may go well.
  var isAboutOneCollection: Bool {
    switch self {
    case .unknownCollection, .unreadable, .duplicates, .indexConflict, .replacesDocuments: true
    default: false
    }
  }
}
