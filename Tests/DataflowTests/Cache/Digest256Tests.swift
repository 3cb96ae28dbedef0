import Dataflow
import Foundation
import Testing

@Suite struct Digest256Tests {
  /// FIPS 180-4's example of one block.
  let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func `the digest of abc is the standard's`() throws {
    #expect(Digest256(of: Data("abc".utf8)).description == abc)
    #expect(Digest256(of: Array("abc".utf8)).description == abc)
  }

  @Test func `a digest is read from its digits in either case, and from nothing else`() {
    let digest = Digest256(of: Data("abc".utf8))
    #expect(Digest256(hexadecimal: abc) == digest)
    #expect(Digest256(hexadecimal: abc.uppercased()) == digest)
    for text in ["", String(abc.dropLast()), abc + "0", "g" + abc.dropFirst(), "é" + abc.dropFirst(2)] {
      #expect(Digest256(hexadecimal: text) == nil, "\(text)")
    }
  }

  @Test func `different lists of texts have different digests`() {
    #expect(Digest256(parts: ["ab", "c"]) != Digest256(parts: ["a", "bc"]))
    #expect(Digest256(parts: ["abc"]) != Digest256(parts: ["abc", ""]))
    #expect(Digest256(parts: ["a", "b"]) == Digest256(parts: ["a", "b"]))
  }

  @Test func `a digest is written as a JSON string and read back`() throws {
    let digest = Digest256(of: Data("abc".utf8))
    let json = try JSONEncoder().encode([digest])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(abc)\"]")
    #expect(try JSONDecoder().decode([Digest256].self, from: json) == [digest])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Digest256].self, from: Data("[\"12\"]".utf8)) }
  }
}
