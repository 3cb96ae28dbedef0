import BSON
import Foundation
import Testing

/// Types that write and read their containers in unusual ways.
@Suite struct ContainerTests {
  class Animal: Codable {
    var name: String
    init(name: String) { self.name = name }
  }

  final class Dog: Animal {
    var tricks: [String]
    init(name: String, tricks: [String]) {
      self.tricks = tricks
      super.init(name: name)
    }
    enum CodingKeys: CodingKey { case tricks }
    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      tricks = try container.decode([String].self, forKey: .tricks)
      try super.init(from: container.superDecoder())
    }
    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try super.encode(to: container.superEncoder())
      try container.encode(tricks, forKey: .tricks)
    }
  }

  @Test func `a class is encoded with its superclass`() throws {
    let bytes = try BSONEncoder().encode(Dog(name: "Rex", tricks: ["sit"]))
    #expect(try BSONDocument(bytes: bytes) == ["super": ["name": "Rex"], "tricks": ["sit"]])
    let dog = try BSONDecoder().decode(Dog.self, from: bytes)
    #expect(dog.name == "Rex" && dog.tricks == ["sit"])
  }

  /// Encodes what a closure says.
  struct Written: Encodable {
    let write: (any Encoder) throws -> Void
    func encode(to encoder: any Encoder) throws { try write(encoder) }
  }

  private func document(_ write: @escaping (any Encoder) throws -> Void) throws -> BSONDocument {
    let bytes = try BSONEncoder().encode(Written(write: write))
    try RawBSON.validate(bytes)
    return try BSONDocument(bytes: bytes)
  }

  @Test func `nested containers are written alternately`() throws {
    let document = try document { encoder in
      var outer = encoder.container(keyedBy: AnyKey.self)
      try outer.encode("first", forKey: AnyKey("a"))
      var left = outer.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("left"))
      var right = outer.nestedUnkeyedContainer(forKey: AnyKey("right"))
      try left.encode(Int32(1), forKey: AnyKey("x"))
      try right.encode("r0")
      try outer.encode(["y": Int32(2)], forKey: AnyKey("middle"))
      var deep = right.nestedContainer(keyedBy: AnyKey.self)
      try right.encodeNil()
      try left.encode(true, forKey: AnyKey("z"))
      try deep.encode("d", forKey: AnyKey("k"))
      try outer.encode(2.5, forKey: AnyKey("last"))
      try right.encode("r3")
    }
    #expect(
      document == [
        "a": "first", "left": ["x": 1, "z": true], "right": ["r0", ["k": "d"], .null, "r3"], "middle": ["y": 2],
        "last": 2.5,
      ])
  }

  @Test func `a nested container that is asked for twice is one`() throws {
    let document = try document { encoder in
      var outer = encoder.container(keyedBy: AnyKey.self)
      var first = outer.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("n"))
      try first.encode(Int32(1), forKey: AnyKey("a"))
      var second = outer.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("n"))
      try second.encode(Int32(2), forKey: AnyKey("b"))
    }
    #expect(document == ["n": ["a": 1, "b": 2]])
  }

  @Test func `a field that is encoded twice is the later one`() throws {
    let twice = try document { encoder in
      var container = encoder.container(keyedBy: AnyKey.self)
      for index in 0..<40 { try container.encode(Int32(index), forKey: AnyKey("k\(index)")) }
      _ = container.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("nested"))
      try container.encode("again", forKey: AnyKey("k3"))
      try container.encode(["n": "again"], forKey: AnyKey("k30"))
      try container.encode(Int32(5), forKey: AnyKey("nested"))
    }
    #expect(twice.elements.count == 41)
    #expect(Set(twice.elements.map(\.key)).count == 41)
    #expect(twice["k3"] == "again" && twice["k30"] == ["n": "again"] && twice["nested"] == 5)
    let few = try document { encoder in
      var container = encoder.container(keyedBy: AnyKey.self)
      try container.encode(Int32(1), forKey: AnyKey("a"))
      var nested = container.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("n"))
      try container.encode(Int32(1), forKey: AnyKey("b"))
      try container.encode(Int32(2), forKey: AnyKey("a"))
      try nested.encode(true, forKey: AnyKey("in"))
    }
    #expect(few == ["n": ["in": true], "b": 1, "a": 2])
  }

  @Test func `two containers of one encoder are one document`() throws {
    enum A: CodingKey { case a }
    enum B: CodingKey { case b }
    let document = try document { encoder in
      var first = encoder.container(keyedBy: A.self)
      var second = encoder.container(keyedBy: B.self)
      try first.encode(Int32(1), forKey: .a)
      try second.encode(Int32(2), forKey: .b)
    }
    #expect(document == ["a": 1, "b": 2])
  }

  @Test func `who catches an error can go on`() throws {
    let document = try document { encoder in
      var container = encoder.container(keyedBy: AnyKey.self)
      try container.encode(Int32(1), forKey: AnyKey("a"))
      do { try container.encode([["x": UInt64.max]], forKey: AnyKey("b")) } catch {}
      var list = container.nestedUnkeyedContainer(forKey: AnyKey("list"))
      try list.encode("x")
      do { try list.encode(["n": UInt64.max]) } catch {}
      try list.encode("y")
      try container.encode(Int32(2), forKey: AnyKey("c"))
    }
    #expect(document == ["a": 1, "list": ["x", "y"], "c": 2])
  }

  @Test func `a value that encodes nothing is an empty document`() throws {
    #expect(try document { _ in } == [:])
    #expect(
      try document {
        _ = $0.unkeyedContainer(); _ = $0.container(keyedBy: AnyKey.self)
      } == [:])
    let document = try document { encoder in
      var container = encoder.container(keyedBy: AnyKey.self)
      _ = container.superEncoder()
      _ = container.superEncoder(forKey: AnyKey("other"))
      try container.encode(Written { _ in }, forKey: AnyKey("empty"))
    }
    #expect(document == ["super": [:], "other": [:], "empty": [:]])
  }

  @Test func `of what is encoded for one value the last counts`() throws {
    let document = try document { encoder in
      var container = encoder.container(keyedBy: AnyKey.self)
      try container.encode(
        Written { inner in
          var list = inner.unkeyedContainer()
          try list.encode("gone")
          var single = inner.singleValueContainer()
          try single.encode("text")
          try single.encode(["a", "b"])
          try single.encode(true)
        }, forKey: AnyKey("a"))
      try container.encode("next", forKey: AnyKey("b"))
    }
    #expect(document == ["a": true, "b": "next"])
  }

  @Test func `a container is refused once its value has been encoded`() throws {
    var kept: KeyedEncodingContainer<AnyKey>?
    let error = #expect(throws: EncodingError.self) {
      try document { encoder in
        var container = encoder.container(keyedBy: AnyKey.self)
        try container.encode(
          Written { inner in
            kept = inner.container(keyedBy: AnyKey.self)
            try kept?.encode("in time", forKey: AnyKey("x"))
          }, forKey: AnyKey("a"))
        try kept?.encode("too late", forKey: AnyKey("y"))
      }
    }
    #expect(error.map(reason)?.hasPrefix("y: it is written after") == true)
    #expect(throws: EncodingError.self) { try kept?.encode("too late", forKey: AnyKey("y")) }
    #expect(throws: EncodingError.self) {
      try document { encoder in
        var outer = encoder.container(keyedBy: AnyKey.self)
        let kept = outer
        let inner = Written { _ in
          var same = kept
          _ = same.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("n"))
        }
        try outer.encode([inner], forKey: AnyKey("a"))
      }
    }
  }

  @Test func `paths are known while encoding and decoding`() throws {
    struct Path: Codable {
      var path: String
      init() { path = "" }
      init(from decoder: any Decoder) throws { path = text(decoder.codingPath) }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: AnyKey.self)
        try container.encode(text(encoder.codingPath), forKey: AnyKey("path"))
      }
    }
    let document = try BSONDocument(bytes: BSONEncoder().encode(["a": [[Path()], [Path(), Path()]]]))
    #expect(document[path: "a.1.1.path"] == "a.1.1")
    #expect(try BSONDecoder().decode([String: [[Path]]].self, from: document)["a"]?[1][1].path == "a.1.1")
    let nested = try self.document { encoder in
      var outer = encoder.container(keyedBy: AnyKey.self)
      var list = outer.nestedUnkeyedContainer(forKey: AnyKey("list"))
      try list.encode("x")
      try list.encode(["p": Path()])
      #expect(text(list.codingPath) == "list")
    }
    #expect(nested[path: "list.1.p.path"] == "list.1.p")
  }
}

/// Keys with dots between.
func text(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }

/// The path and the reason of a coder's error, as one line.
func reason(_ error: any Error) -> String {
  let context: (path: [any CodingKey], reason: String)? =
    switch error {
    case EncodingError.invalidValue(_, let context): (context.codingPath, context.debugDescription)
    case DecodingError.keyNotFound(let key, let context): (context.codingPath + [key], context.debugDescription)
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      (context.codingPath, context.debugDescription)
    default: nil
    }
  guard let context else { return "\(error)" }
  return "\(text(context.path)): \(context.reason)"
}
