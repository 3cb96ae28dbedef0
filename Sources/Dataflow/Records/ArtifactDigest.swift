import Crypto
import Foundation

/// The length and SHA-256 of a value's canonical JSON: sorted keys, no white space.
struct ArtifactDigest: Sendable {
  private(set) var bytes = 0
  private(set) var sha256 = ""

  /// Nil if the value, or something in it, cannot be encoded.
  init?(of value: any Sendable) {
    guard let value = value as? any Encodable else { return nil }
    var hasher = SHA256()
    var bytes = 0
    func feed(_ data: Data) {
      hasher.update(data: data)
      bytes += data.count
    }
    do {
      let encoder = recordEncoder(pretty: false)
      if let list = value as? any EncodableList {
        try list.encodeElements(with: encoder, feed)
      } else {
        feed(try encoder.encode(value))
      }
    } catch {
      return nil
    }
    self.bytes = bytes
    sha256 = hexadecimal(hasher.finalize())
  }
}

/// A list is encoded element by element, so that the JSON of a large one never is in memory as a whole.
private protocol EncodableList {
  func encodeElements(with encoder: JSONEncoder, _ feed: (Data) -> Void) throws
}

extension Array: EncodableList where Element: Encodable {
  fileprivate func encodeElements(with encoder: JSONEncoder, _ feed: (Data) -> Void) throws {
    feed(Data("[".utf8))
    for (index, element) in enumerated() {
      if index > 0 { feed(Data(",".utf8)) }
      feed(try encoder.encode(element))
    }
    feed(Data("]".utf8))
  }
}
