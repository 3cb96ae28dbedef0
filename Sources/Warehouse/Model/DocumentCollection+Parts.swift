/// Some documents of one call that lie side by side, encoded.
struct EncodedPart {
  fileprivate(set) var documents: [EncodedDocument] = []
  /// Why the document behind them cannot be stored, if it cannot.
  fileprivate(set) var failure: WarehouseError?

  /// How many documents are encoded and sent together.
  fileprivate static let maximumCount = 1000
  /// The bytes of BSON after which a part is sent: with a document of the largest size it still is a message that every
  /// server takes (48 MB), and little memory.
  fileprivate static let maximumBytes = 16 << 20
}

extension DocumentCollection {
  /// Encodes the documents from a place on, as many as are sent together, so that a call with many of them needs no more
  /// memory than one with few. Those before one that cannot be stored come first, and alone.
  ///
  /// What is done with a part does not depend on the type of the documents, and is compiled for what it is.
  ///
  /// - Returns: nil behind the last document.
  func part(of documents: [D], from start: Int) -> EncodedPart? {
    guard start < documents.count else { return nil }
    let end = min(documents.count, start + EncodedPart.maximumCount)
    var part = EncodedPart()
    part.documents.reserveCapacity(end - start)
    var (index, bytes) = (start, 0)
    while index < end, bytes < EncodedPart.maximumBytes {
      do throws(WarehouseError) {
        let document = try encoded(documents[index])
        bytes += document.bytes.count
        part.documents.append(document)
      } catch {
        part.failure = error
        return part
      }
      index += 1
    }
    return part
  }
}
