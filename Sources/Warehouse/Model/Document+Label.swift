import Domain

extension Document {
  /// How messages name the document: by its unique key, else by its identifier.
  var label: String { uniqueKey?.value ?? id.uuidString }
}
