extension VectorStoreError {
  /// Whether it is about the store as a whole, so that whatever document comes next would meet it, too: the server is
  /// gone, says for longer than a request is repeated that it has too much to do, or does not let anybody in.
  ///
  /// Of the other errors some are about one document, and of the rest nobody knows.
  public var isAboutStore: Bool {
    switch self {
    case .unreachable, .unauthorized, .notQdrant, .unsupportedVersion, .foreignCollection, .notPrepared,
      .modelMismatch:
      true
    case .refused(_, _, let status, _): [429, 502, 503, 504, 507].contains(status)
    default: false
    }
  }
}
