public import Domain

/// What a stored document was made from and by: equal to what a run would make, it needs no work.
public struct DocumentState: Codable, Hashable, Sendable {
  /// The ``CleanedDocument/inputHash`` of the stored document.
  public var inputHash: ContentHash
  /// The ``CleanedDocument/fingerprint`` of the stored document; equal to no other while a replacement or deletion is
  /// under way, or after one was interrupted.
  public var fingerprint: ContentHash

  /// Describes a stored document; see the properties.
  public init(inputHash: ContentHash, fingerprint: ContentHash) {
    self.inputHash = inputHash
    self.fingerprint = fingerprint
  }

  /// The fingerprint of a document whose chunks may not be all there.
  static let incomplete = ContentHash(stored: "")

  /// Whether the document and all of its chunks are stored.
  public var isComplete: Bool { fingerprint != Self.incomplete }
}

/// A document's identifier and state.
struct IdentifiedState: Sendable, Identifiable {
  var id: Identifier
  var state: DocumentState
}
