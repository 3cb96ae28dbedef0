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

  /// Whether it is about the store as a whole, so that whatever comes next would meet it, too: the server is gone, has no
  /// primary, or does not let anybody in.
  ///
  /// Of the other errors some are about one document or one file, and of the rest nobody knows.
  public var isAboutStore: Bool {
    switch self {
    case .invalidURL, .serverUnreachable, .authenticationFailed, .credentialsMissing, .unauthorized, .serverTooOld,
      .noPrimary, .noSuchDatabase:
      true
    default: false
    }
  }
}
