/// A document that is to be made, and what is to be left out of it.
public struct ChangedDocument: Sendable, Codable, Hashable, ItemNamed {
  /// The document.
  public var document: RawDocument
  /// The keys of its lines that are boilerplate; see ``BoilerplateLines/keys(in:)``.
  public var boilerplate: [UInt64]

  init(_ document: RawDocument, without boilerplate: BoilerplateLines) {
    self.document = document
    self.boilerplate = boilerplate.keys(in: document).sorted()
  }

  /// The document's link.
  public var itemName: String { document.link }

  /// What the document is made from: its own content, and those of its lines that are boilerplate, which the other
  /// documents of its author decide.
  var inputHash: ContentHash {
    guard !boilerplate.isEmpty else { return document.contentHash }
    return ContentHash(
      ofParts: ["boilerplate", document.contentHash.hexadecimal] + boilerplate.map { String($0, radix: 16) })
  }
}
