import BSON
import Foundation
import Testing

@Suite struct ValueTests {
  @Test(arguments: ValueCase.all)
  func `a value is the same as a tree, as bytes and as extended JSON`(this: ValueCase) throws {
    #expect(try this.document.bytes() == this.bytes)
    #expect(try BSONDocument(bytes: this.bytes) == this.document)
    #expect(try RawBSON.value(atPath: "a", in: this.bytes) == this.value)
    try RawBSON.validate(this.bytes)
    let json = String(decoding: try ExtendedJSON.json(from: this.bytes, .canonical), as: UTF8.self)
    #expect(json.filter { $0 != " " } == this.text.filter { $0 != " " })
    #expect(try ExtendedJSON.bson(from: Array(this.text.utf8)) == this.bytes)
    #expect(try ExtendedJSON.bson(from: Array(json.utf8)) == this.bytes)
  }

  struct Holder: Codable, Equatable { var a: BSONValue }

  @Test(arguments: ValueCase.all)
  func `a value goes through the coders as it is`(this: ValueCase) throws {
    #expect(try BSONEncoder().encode(Holder(a: this.value)) == this.bytes)
    #expect(try BSONDecoder().decode(Holder.self, from: this.bytes).a == this.value)
    #expect(try BSONEncoder().value(of: this.value) == this.value)
    #expect(try BSONDecoder().decode(BSONValue.self, from: this.value) == this.value)
  }

  @Test(arguments: ValueCase.all)
  func `with other coders a value is extended JSON`(this: ValueCase) throws {
    let data = try JSONEncoder().encode(Holder(a: this.value))
    #expect(try JSONDecoder().decode(Holder.self, from: data).a == this.value)
    #expect(try ExtendedJSON.bson(from: Array(data)) == this.bytes)
  }
}
