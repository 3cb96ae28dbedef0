/// Some stored documents as BSON, one behind the other in one buffer.
struct RawBatch: Sendable {
  private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Stored documents that are no documents: whatever keeps them from being BSON.
  private(set) var unreadable: [UnreadableDocument] = []

  /// How many there are that can be lent.
  var count: Int { ends.count }
  var isEmpty: Bool { ends.isEmpty && unreadable.isEmpty }

  /// Adds what cannot be lent.
  mutating func append(_ document: UnreadableDocument) {
    unreadable.append(document)
  }

  /// Copies a document to the end of the batch.
  mutating func append(_ document: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: document)
    ends.append(bytes.count)
  }

  /// Lends each document in turn.
  func forEach(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    try bytes.withUnsafeBytes { buffer in
      var start = 0
      for end in ends {
        try body(UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
        start = end
      }
    }
  }
}
