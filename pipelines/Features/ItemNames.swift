extension RawDocument: ItemNamed {
  /// The document's link.
  public var itemName: String { link }
}

extension CleanedDocument: ItemNamed {
  /// The document's link.
  public var itemName: String { link }
}
