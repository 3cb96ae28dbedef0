import BSON
import Foundation
import TestSupport
import Testing

@Suite struct CodableTests {
  @Test func `any value survives encoding and decoding`() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<200 {
      let value = Everything.random(depth: 2, &generator)
      let bytes = try BSONEncoder().encode(value)
      try RawBSON.validate(bytes)
      #expect(try BSONDecoder().decode(Everything.self, from: bytes) == value)
      #expect(try BSONDecoder().decode(Everything.self, from: BSONDocument(bytes: bytes)) == value)
      #expect(try BSONEncoder().value(of: value) == .document(BSONDocument(bytes: bytes)))
    }
  }

  @Test func `any value survives relaxed extended JSON`() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<100 {
      var value = Everything.random(depth: 0, &generator)
      (value.anything, value.document) = (.null, [:])
      let json = try ExtendedJSON.json(from: BSONEncoder().encode(value))
      #expect(!json.contains(UInt8(ascii: "\n")))
      #expect(try BSONDecoder().decode(Everything.self, from: ExtendedJSON.bson(from: json)) == value)
    }
  }

  @Test func `types are the ones that other programs expect`() throws {
    var generator = SeededGenerator(seed: 4)
    let document = try BSONDocument(bytes: BSONEncoder().encode(Everything.random(depth: 0, &generator)))
    let names = document.elements.map { "\($0.key) \($0.value.typeName)" }
    let expected = """
      flag bool, small int32, tiny int32, large int64, number int64, fraction double, single double, text string, \
      date date, uuid binary, data binary, url string, id object id, decimal decimal128, binary binary, \
      timestamp timestamp, expression regular expression, code code with scope, pointer database pointer
      """
    #expect(names.prefix(19).joined(separator: ", ") == expected)
    guard case .binary(let uuid) = document["uuid"] else { throw Unexpected("the UUID is no binary") }
    #expect(uuid.subtype == 4)
    #expect(document["absentDate"] == nil)
    #expect(document["holes"] == [.int64(1), .null, .int64(3)])
    #expect(document[path: "byNumber.-1"] == "minus one")
  }

  struct Numbers: Codable, Equatable {
    var int: Int?
    var int8: Int8?
    var int16: Int16?
    var int32: Int32?
    var uint: UInt?
    var uint16: UInt16?
    var uint32: UInt32?
    var uint64: UInt64?
  }

  @Test func `numbers at their bounds are kept`() throws {
    for numbers in [
      Numbers(int: .min, int8: .min, int16: .min, int32: .min, uint: 0, uint16: 0, uint32: 0, uint64: 0),
      Numbers(
        int: .max, int8: .max, int16: .max, int32: .max, uint: UInt(Int64.max), uint16: .max, uint32: .max,
        uint64: UInt64(Int64.max)),
      Numbers(),
    ] {
      #expect(try BSONDecoder().decode(Numbers.self, from: BSONEncoder().encode(numbers)) == numbers)
    }
    for value: BSONValue in [.int64(128), .int32(-129), .double(1.5), .double(1e30), "1"] {
      #expect(throws: DecodingError.self) { try BSONDecoder().decode(Int8.self, from: value) }
    }
    #expect(try BSONDecoder().decode(Int8.self, from: .double(-7)) == -7)
    #expect(try BSONDecoder().decode(Double.self, from: .int64(1 << 53)) == 9_007_199_254_740_992)
    #expect(throws: DecodingError.self) { try BSONDecoder().decode(Double.self, from: .int64(1 << 53 + 1)) }
    #expect(throws: DecodingError.self) { try BSONDecoder().decode(Float.self, from: .double(1e300)) }
    #expect(try BSONDecoder().decode(Float.self, from: .double(0.1)) == 0.1)
  }

  @Test func `identifiers are text where text is asked for`() throws {
    let id = try #require(BSONObjectID("507F1f77bcf86cd799439011"))
    #expect(try BSONDecoder().decode(String.self, from: .objectID(id)) == "507f1f77bcf86cd799439011")
    let uuid = UUID()
    let stored = try BSONEncoder().value(of: uuid)
    #expect(try BSONDecoder().decode(String.self, from: stored) == uuid.uuidString.lowercased())
    guard case .binary(var binary) = stored else { throw Unexpected("a UUID is \(stored.typeName)") }
    binary.subtype = 3
    #expect(try BSONDecoder().decode(UUID.self, from: .binary(binary)) == uuid)
    #expect(try BSONDecoder().decode(UUID.self, from: .string(uuid.uuidString)) == uuid)
    binary.subtype = 0
    #expect(throws: DecodingError.self) { try BSONDecoder().decode(UUID.self, from: .binary(binary)) }
    #expect(throws: DecodingError.self) { try BSONDecoder().decode(String.self, from: .binary(binary)) }
    #expect(try BSONDecoder().decode([UInt8].self, from: .binary(binary)) == binary.bytes)
  }

  @Test func `what types find in their decoder is what it was given`() throws {
    struct Reader: Decodable {
      let found: String?
      init(from decoder: any Decoder) throws {
        found = CodingUserInfoKey(rawValue: "k").flatMap { decoder.userInfo[$0] } as? String
      }
    }
    let key = try #require(CodingUserInfoKey(rawValue: "k"))
    let found = try BSONDecoder(userInfo: [key: "v"]).decode(Reader.self, from: BSONDocument()).found
    #expect(found == "v")
  }

  @Test func `a large dictionary is read in any order`() throws {
    let large = Dictionary(uniqueKeysWithValues: (0..<5_000).map { ("key \($0)", $0) })
    let bytes = try BSONEncoder().encode(large)
    #expect(try BSONDecoder().decode([String: Int].self, from: bytes) == large)
    struct Backwards: Decodable {
      var sum = 0
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        for index in (0..<5_000).reversed() {
          sum += try container.decode(Int.self, forKey: AnyKey("key \(index)"))
          if try container.decodeIfPresent(Int.self, forKey: AnyKey("none \(index)")) != nil { sum = -1 }
        }
      }
    }
    #expect(try BSONDecoder().decode(Backwards.self, from: bytes).sum == 12_497_500)
  }

  @Test func `a kept decoder reads nothing after its call`() throws {
    final class Keeper: Decodable {
      let decoder: any Decoder
      let container: KeyedDecodingContainer<AnyKey>
      init(from decoder: any Decoder) throws {
        self.decoder = decoder
        container = try decoder.container(keyedBy: AnyKey.self)
      }
    }
    let keeper = try BSONDecoder().decode(Keeper.self, from: ["a": 1] as BSONDocument)
    #expect(throws: DecodingError.self) { try keeper.container.decode(Int.self, forKey: AnyKey("a")) }
    #expect(throws: DecodingError.self) { try keeper.decoder.unkeyedContainer() }
    #expect(throws: DecodingError.self) { try keeper.decoder.singleValueContainer().decode(Int.self) }
  }
}
