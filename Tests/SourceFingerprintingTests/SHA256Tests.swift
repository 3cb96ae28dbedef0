import Crypto
import TestSupport
import Testing

@testable import SourceFingerprinting

@Suite struct SHA256Tests {
  @Test func `digests of all lengths are those of swift-crypto`() {
    var generator = SeededGenerator(seed: 3)
    for length in 0..<300 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(SourceFingerprinting.SHA256.digest(of: bytes) == Array(Crypto.SHA256.hash(data: bytes)))
      var parts = SourceFingerprinting.SHA256()
      let cut = Int.random(in: 0...length, using: &generator)
      parts.update(Array(bytes[..<cut]))
      parts.update(Array(bytes[cut...]))
      #expect(parts.finalize() == Array(Crypto.SHA256.hash(data: bytes)))
    }
  }
}
