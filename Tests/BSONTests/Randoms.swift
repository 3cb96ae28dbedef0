import BSON
import TestSupport

func randomBytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
  (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}

/// Text of the characters that parsers trip over.
func randomText(_ generator: inout SeededGenerator) -> String {
  let alphabet: [Character] = ["a", "Z", " ", "\"", "\\", "\n", "\u{0}", "\u{1}", "ü", "漢", "🚂", "$", ".", "\u{2028}"]
  return String(
    (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator) })
}

func randomID(_ generator: inout SeededGenerator) -> BSONObjectID {
  let digits = (0..<24).map { _ in Character(String(Int.random(in: 0...15, using: &generator), radix: 16)) }
  guard let id = BSONObjectID(String(digits)) else { preconditionFailure("24 digits are an object id") }
  return id
}

/// Keys are none that extended JSON would take for a type.
func randomDocument(depth: Int, _ generator: inout SeededGenerator) -> BSONDocument {
  BSONDocument(
    (0..<Int.random(in: 0...6, using: &generator)).map { index in
      let text = randomText(&generator).filter { $0 != "\u{0}" }
      return BSONDocument.Element(key: "\(index)\(text)", value: randomValue(depth: depth, &generator))
    })
}

/// Every type. Numbers are never NaN, so that a value is equal to itself. Code has no NUL, at which libbson would end
/// it, and no code within its scope, which libbson would take for a document.
func randomValue(depth: Int, _ generator: inout SeededGenerator) -> BSONValue {
  switch Int.random(in: 0...(depth > 0 ? 21 : 18), using: &generator) {
  case 0: .null
  case 1: .bool(.random(using: &generator))
  case 2: .int32(.random(in: .min ... .max, using: &generator))
  case 3: .int64(.random(in: .min ... .max, using: &generator))
  case 4: .double(randomDouble(&generator))
  case 5, 6: .string(randomText(&generator))
  case 7: .date(milliseconds: .random(in: .min ... .max, using: &generator))
  case 8: .binary(BSONBinary(subtype: .random(in: 0...9, using: &generator), bytes: randomBytes(3, &generator)))
  case 9: .objectID(randomID(&generator))
  case 10: .undefined
  case 11: .regularExpression(BSONRegularExpression(pattern: "a\"é", options: "xi"))
  case 12: .dbPointer(BSONDBPointer(collection: "d.c", id: randomID(&generator)))
  case 13: .code("f(\"ü\")")
  case 14: .symbol(randomText(&generator))
  case 15:
    .timestamp(
      BSONTimestamp(
        seconds: .random(in: 0 ... .max, using: &generator), increment: .random(in: 0 ... .max, using: &generator)))
  case 16: .decimal128(BSONDecimal128(high: 0xB040_0000_0000_0000, low: generator.next()))
  case 17: .minKey
  case 18: .maxKey
  case 19: .array((0..<3).map { _ in randomValue(depth: depth - 1, &generator) })
  case 20: .codeWithScope("f(x)", scope: ["x": randomScope(&generator)])
  default: .document(randomDocument(depth: depth - 1, &generator))
  }
}

private func randomScope(_ generator: inout SeededGenerator) -> BSONValue {
  let value = randomValue(depth: 0, &generator)
  if case .code = value { return .null }
  return value
}

/// Any finite number, the tiny and the huge as likely as the others.
private func randomDouble(_ generator: inout SeededGenerator) -> Double {
  let number = Double(bitPattern: generator.next())
  return number.isFinite ? number : 0
}
