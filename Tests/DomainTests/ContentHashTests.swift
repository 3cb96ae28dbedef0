import Domain
import Foundation
import Testing

@Suite("Content hashes") struct ContentHashTests {
  // The two-block test vector of FIPS 180-4, and the empty message.
  @Test func `hashes are those of SHA-256`() {
    #expect(
      ContentHash(of: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hexadecimal
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      ContentHash(of: "").hexadecimal == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(ContentHash(of: Array("abc".utf8)) == ContentHash(of: "abc"))
  }

  @Test func `the hash of parts counts each part with its length`() {
    #expect(
      ContentHash(ofParts: ["a", "b"]).hexadecimal == "cf6ab613e3942391f88ed698557e1680f160bd10e88c6b668c50360c10930e2b"
    )
    #expect(ContentHash(ofParts: ["ab"]) != ContentHash(ofParts: ["a", "b"]))
    #expect(ContentHash(ofParts: []) == ContentHash(of: ""))
  }

  @Test func `a hash is coded as one string`() throws {
    let hash = ContentHash(of: "text")
    let data = try JSONEncoder().encode([hash])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(hash.hexadecimal)\"]")
    #expect(try JSONDecoder().decode([ContentHash].self, from: data) == [hash])
    #expect(ContentHash(stored: hash.hexadecimal) == hash)
  }
}
