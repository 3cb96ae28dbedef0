import Testing

@testable import BSON

/// The keys of a document that is being encoded are told apart by fingerprints; what these cannot tell must not show.
@Suite struct KeySetTests {
  /// A document of these fields, in this order.
  private struct Fields: Encodable {
    var fields: [(key: String, value: Int32)]

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: BSONKey.self)
      for field in fields { try container.encode(field.value, forKey: BSONKey(field.key)) }
    }
  }

  private struct Missing: Error {}

  /// Two keys of one fingerprint: of 65,537 keys there must be two.
  private func sameFingerprint() throws -> (String, String) {
    var known: [UInt16: String] = [:]
    for number in 0...65_536 {
      let key = "k\(number)"
      let fingerprint = Array(key.utf8).withUnsafeBytes { BSONKeySet.fingerprint(of: $0) }
      if let other = known.updateValue(key, forKey: fingerprint) { return (other, key) }
    }
    throw Missing()
  }

  @Test(arguments: [0, 22, 23, 24, 40])
  func `keys of one fingerprint are two fields, and each can be written again`(others: Int) throws {
    let (first, second) = try sameFingerprint()
    #expect(first != second)
    let between = (0..<others).map { (key: "other \($0)", value: Int32($0)) }
    let fields: [(key: String, value: Int32)] =
      [(first, 1)] + between + [(second, 2), (first, 3), (second, 4), (first, 5)]
    let document = try BSONDocument(bytes: BSONEncoder().encode(Fields(fields: fields)))
    let expected: [(key: String, value: Int32)] = between + [(second, 4), (first, 5)]
    #expect(document.elements.map(\.key) == expected.map(\.key))
    #expect(document.elements.map(\.value) == expected.map { .int32($0.value) })
  }

  @Test func `few short keys share a fingerprint`() {
    let words = "abcdefghijklmnopqrstuvwxyz".flatMap { first in
      "abcdefghijklmnopqrstuvwxyz".map { "\(first)\($0)_name" }
    }
    let fingerprints = Set(words.map { word in Array(word.utf8).withUnsafeBytes { BSONKeySet.fingerprint(of: $0) } })
    // Of 676 random ones, 3.5 pairs would share one.
    #expect(fingerprints.count > words.count - 20)
  }
}
