import BSON
import Foundation
import TestSupport
import Testing

@Suite struct PropertyTests {
  @Test func `any document survives bytes, trees, coders and canonical extended JSON`() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<1_000 {
      let document = randomDocument(depth: 3, &generator)
      let bytes = try document.bytes()
      try RawBSON.validate(bytes)
      #expect(try BSONDocument(bytes: bytes) == document)
      #expect(try BSONDecoder().decode(BSONDocument.self, from: bytes) == document)
      #expect(try BSONEncoder().encode(document) == bytes)
      #expect(try BSONEncoder().encode(Fields(document)) == bytes)
      let json = try ExtendedJSON.json(from: bytes, .canonical)
      #expect(try ExtendedJSON.bson(from: json) == bytes)
    }
  }

  @Test func `any document survives Foundation's JSON`() throws {
    var generator = SeededGenerator(seed: 12)
    // libbson wants `$code` before `$scope`, as everybody writes them; Foundation's own order is that of a hash.
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for _ in 0..<200 {
      // Foundation's objects have no order; equal keys are none here.
      let document = randomDocument(depth: 2, &generator)
      let data = try encoder.encode(document)
      let read = try JSONDecoder().decode(BSONDocument.self, from: data)
      #expect(sorted(.document(read)) == sorted(.document(document)))
      #expect(
        try sorted(.document(BSONDocument(bytes: ExtendedJSON.bson(from: Array(data))))) == sorted(.document(document)))
    }
  }

  /// A document that is written field by field, as a type with these fields would be.
  private struct Fields: Encodable {
    let document: BSONDocument
    init(_ document: BSONDocument) { self.document = document }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: AnyKey.self)
      for element in document.elements {
        switch element.value {
        case .document(let inner): try container.encode(Fields(inner), forKey: AnyKey(element.key))
        case .string(let text): try container.encode(text, forKey: AnyKey(element.key))
        case .array(let values): try container.encode(values, forKey: AnyKey(element.key))
        case .null: try container.encodeNil(forKey: AnyKey(element.key))
        default: try container.encode(element.value, forKey: AnyKey(element.key))
        }
      }
    }
  }

  private func sorted(_ value: BSONValue) -> BSONValue {
    switch value {
    case .document(let document):
      .document(
        BSONDocument(
          document.elements.map { BSONDocument.Element(key: $0.key, value: sorted($0.value)) }
            .sorted { $0.key < $1.key }))
    case .array(let values): .array(values.map(sorted))
    case .codeWithScope(let text, let scope):
      if case .document(let scope) = sorted(.document(scope)) { .codeWithScope(text, scope: scope) } else { value }
    default: value
    }
  }
}
