import BSON
import Testing

@Suite struct DocumentTests {
  @Test func `fields are found, replaced, appended and removed by key`() {
    var document: BSONDocument = ["a": 1, "b": 2]
    #expect(document["b"] == 2 && document["c"] == nil)
    document["a"] = "x"
    document["c"] = true
    document["b"] = nil
    document["d"] = nil
    #expect(document == ["a": "x", "c": true])
  }

  @Test func `a path leads through documents and arrays`() {
    var document: BSONDocument = ["crawl": ["source": "web", "tries": [1, ["at": 2]]], "n": 5]
    #expect(document[path: "crawl.source"] == "web")
    #expect(document[path: "crawl.tries.1.at"] == 2)
    #expect(document[path: "n"] == 5)
    for missing in ["crawl.none", "crawl.tries.2", "crawl.tries.x", "crawl.tries.-1", "n.x", "", "crawl."] {
      #expect(document[path: missing] == nil)
    }
    document[path: "crawl.tries.1.at"] = 3
    document[path: "crawl.tries.2"] = "new"
    document[path: "new.deep.field"] = true
    document[path: "crawl.source"] = nil
    document[path: "none.at.all"] = nil
    #expect(
      document == [
        "crawl": ["tries": [1, ["at": 3], "new"]], "n": 5, "new": ["deep": ["field": true]],
      ])
    document[path: "crawl.tries.0"] = nil
    #expect(document[path: "crawl.tries"] == [.null, ["at": 3], "new"])
  }

  @Test func `a path that leads nowhere changes nothing`() {
    var document: BSONDocument = ["n": 5, "list": [1]]
    for path in ["n.x", "list.x", "list.5", "list.-1", "list.0.x"] {
      let isSet = document.set("y", atPath: path)
      #expect(!isSet)
      document[path: path] = "y"
    }
    #expect(document == ["n": 5, "list": [1]])
    let areSet = [document.set(["a": 1], atPath: "list.1"), document.set(2, atPath: "list.2.a")]
    #expect(areSet == [true, true])
    #expect(document == ["n": 5, "list": [1, ["a": 1], ["a": 2]]])
  }

  @Test func `a value is found in the bytes as in the tree`() throws {
    let document: BSONDocument = [
      "_id": "x", "crawl": ["source": "web", "tries": [1, ["at": .date(milliseconds: 2)]]], "é": .null,
    ]
    let bytes = try document.bytes()
    for path in [
      "_id", "crawl", "crawl.source", "crawl.tries.1.at", "crawl.tries.0", "é", "crawl.x", "crawl.tries.x", "x", "",
    ] {
      #expect(try RawBSON.value(atPath: path, in: bytes) == document[path: path])
    }
    #expect(try RawBSON.value(atPath: "crawl.tries.2", in: bytes) == nil)
    #expect(try RawBSON.value(atPath: "_id.x", in: bytes) == nil)
  }

  @Test func `an identifier is put in front`() throws {
    let without: BSONDocument = ["a": 1, "b": [2]]
    let with: BSONDocument = ["_id": "new", "a": 1, "b": [2]]
    #expect(try RawBSON.settingID("new", in: without.bytes()) == with.bytes())
    let replaced: BSONDocument = ["a": 1, "_id": .null, "b": [2]]
    #expect(try RawBSON.settingID("new", in: replaced.bytes()) == with.bytes())
    #expect(
      try RawBSON.settingID("new", in: BSONDocument().bytes())
        == BSONDocument(dictionaryLiteral: ("_id", "new")).bytes())
    #expect(throws: BSONError.self) { try RawBSON.settingID("new", in: [1, 2, 3]) }
  }

  @Test func `an object id is 24 digits or twelve bytes`() throws {
    let id = try #require(BSONObjectID("0123456789abcDEF00112233"))
    #expect(id.description == "0123456789abcdef00112233")
    #expect(id.bytes == [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x00, 0x11, 0x22, 0x33])
    #expect(BSONObjectID(bytes: id.bytes) == id)
    for wrong in ["", "0123456789abcdef0011223", "0123456789abcdef001122334", "0123456789abcdef0011223g"] {
      #expect(BSONObjectID(wrong) == nil)
    }
    #expect(BSONObjectID(bytes: [1, 2]) == nil)
    #expect(try #require(BSONObjectID("0123456789abcdef00112234")) > id)
  }

  @Test func `a decimal number is read and written`() {
    for text in [
      "0", "-0", "1.50", "1E+6000", "9.999999999999999999999999999999999E+6144", "Infinity", "-Infinity", "NaN",
    ] {
      #expect(BSONDecimal128(text)?.description == text)
    }
    for wrong in ["", "1.2.3", "x", "1\u{0}", "1E99999", String(repeating: "9", count: 35)] {
      #expect(BSONDecimal128(wrong) == nil)
    }
  }
}
