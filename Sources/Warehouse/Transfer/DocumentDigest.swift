import Crypto
import Foundation

/// The SHA-256 of documents as BSON, one behind the other: each begins with its length, so that no two lists of documents
/// are the same bytes.
struct DocumentDigest {
  private var hasher = SHA256()

  mutating func update(_ document: [UInt8]) {
    document.withUnsafeBytes { hasher.update(bufferPointer: $0) }
  }

  /// The digest as 64 hexadecimal digits.
  var hexadecimal: String {
    hasher.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
