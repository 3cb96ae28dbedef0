import BSON
import Foundation
import TestSupport

/// One field of each type that a program's types have.
struct Everything: Codable, Equatable {
  enum Kind: String, Codable { case plain, other }

  enum Payload: Codable, Equatable {
    case nothing
    case one(Int)
    case named(text: String, number: Double)
  }

  var flag: Bool
  var small: Int32
  var tiny: UInt8
  var large: Int64
  var number: Int
  var fraction: Double
  var single: Float
  var text: String
  var date: Date
  var uuid: UUID
  var data: Data
  var url: URL
  var id: BSONObjectID
  var decimal: BSONDecimal128
  var binary: BSONBinary
  var timestamp: BSONTimestamp
  var expression: BSONRegularExpression
  var code: BSONCode
  var pointer: BSONDBPointer
  var anything: BSONValue
  var document: BSONDocument
  var kind: Kind
  var payload: [Payload]
  var list: [String]
  var flags: [Bool]
  var numbers: [[Int]]
  var holes: [Int?]
  var map: [String: Int]
  var byNumber: [Int: String]
  var byKind: [Kind: Int]
  var optional: String?
  var absentDate: Date?
  var children: [Everything]

  static func random(depth: Int, _ generator: inout SeededGenerator) -> Everything {
    let bytes = randomBytes(12, &generator)
    let id = randomID(&generator)
    return Everything(
      flag: .random(using: &generator), small: .random(in: .min ... .max, using: &generator),
      tiny: .random(in: .min ... .max, using: &generator), large: .random(in: .min ... .max, using: &generator),
      number: .random(in: -1000...1000, using: &generator), fraction: .random(in: -1e9...1e9, using: &generator),
      single: .random(in: -1e9...1e9, using: &generator), text: randomText(&generator),
      date: MillisecondDate(milliseconds: .random(in: -1_000_000_000_000...3_000_000_000_000, using: &generator)).date,
      uuid: UUID(uuid: unsafeBitCast((generator.next(), generator.next()), to: uuid_t.self)),
      data: Data(randomBytes(.random(in: 0...20, using: &generator), &generator)),
      url: URL(filePath: "/a \(generator.next())"), id: id,
      decimal: BSONDecimal128(high: 0x3040_0000_0000_0000, low: generator.next()),
      binary: BSONBinary(subtype: 0x80, bytes: bytes), timestamp: BSONTimestamp(seconds: 7, increment: 8),
      expression: BSONRegularExpression(pattern: "a.*", options: "i"), code: BSONCode("f", scope: ["a": 1]),
      pointer: BSONDBPointer(collection: "a.b", id: id), anything: randomValue(depth: 2, &generator),
      document: randomDocument(depth: 2, &generator), kind: .other,
      payload: [.nothing, .one(3), .named(text: randomText(&generator), number: 0.5)],
      list: (0..<Int.random(in: 0...12, using: &generator)).map { _ in randomText(&generator) },
      flags: [true, false], numbers: [[], [1], [2, 3]], holes: [1, nil, 3], map: ["a": 1, "ü.b": 2],
      byNumber: [7: "seven", -1: "minus one"], byKind: [.plain: 1],
      optional: Bool.random(using: &generator) ? randomText(&generator) : nil, absentDate: nil,
      children: depth == 0
        ? [] : (0..<Int.random(in: 0...2, using: &generator)).map { _ in .random(depth: depth - 1, &generator) })
  }
}
