import Foundation

/// The JSON of a reply, and what stood around it.
struct JSONInText {
  let value: JSONValue
  let notes: [ReplyNote]

  /// At how many places of a text JSON is looked for: models write many braces, and each costs reading to the end.
  private static let mostPlaces = 64

  /// Finds the first JSON value of a text: all of it, or what stands between code fences, or the first object or array
  /// with prose around it. Nil if there is none.
  init?(_ text: String) {
    let bytes = Array(text.utf8)[...].trimmed
    if let value = Self.parsed(bytes) {
      self.value = value
      notes = []
      return
    }
    if let fenced = Self.fenced(bytes), let value = Self.parsed(fenced.content) {
      self.value = value
      notes = fenced.isAll ? [.codeFence] : [.codeFence, .surroundingText]
      return
    }
    guard let value = Self.firstValue(bytes) else { return nil }
    self.value = value
    notes = [.surroundingText]
  }

  private static func parsed(_ bytes: ArraySlice<UInt8>) -> JSONValue? {
    try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  /// What stands between the first two fences, whose first line may name a language.
  private static func fenced(_ bytes: ArraySlice<UInt8>) -> (content: ArraySlice<UInt8>, isAll: Bool)? {
    let fence = Array("```".utf8)
    guard let open = bytes.firstRange(of: fence),
      let line = bytes[open.upperBound...].firstIndex(of: UInt8(ascii: "\n")),
      let close = bytes[line...].firstRange(of: fence)
    else { return nil }
    let isAll = open.lowerBound == bytes.startIndex && close.upperBound == bytes.endIndex
    return (bytes[line..<close.lowerBound].trimmed, isAll)
  }

  private static func firstValue(_ bytes: ArraySlice<UInt8>) -> JSONValue? {
    var places = 0
    var index = bytes.startIndex
    while let start = bytes[index...].firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }) {
      places += 1
      guard places <= mostPlaces else { return nil }
      if let end = endOfValue(bytes[start...]), let value = parsed(bytes[start..<end]) { return value }
      index = start + 1
    }
    return nil
  }

  /// Where the brackets that begin here are closed, those in strings aside.
  private static func endOfValue(_ bytes: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for index in bytes.indices {
      let byte = bytes[index]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// Without white space at its ends.
  fileprivate var trimmed: ArraySlice<UInt8> {
    var rest = self
    while let first = rest.first, first == 0x20 || (0x09...0x0D).contains(first) { rest.removeFirst() }
    while let last = rest.last, last == 0x20 || (0x09...0x0D).contains(last) { rest.removeLast() }
    return rest
  }
}
