import Foundation

/// Scalars, read by the node of the document or array that has them.
extension BSONNodeDecoder {
  @inline(__always) func bool(_ element: BSONElement, index: Int) throws -> Bool {
    guard element.type == .bool else { throw mismatch(Bool.self, expected: "bool", element, index: index) }
    return try read(element, index) { bytes throws(BSONError) in try element.bool(bytes) }
  }

  @inline(__always) func string(_ element: BSONElement, index: Int) throws -> String {
    guard element.type == .string else { return try otherString(element, index: index) }
    return try read(element, index) { bytes throws(BSONError) in try element.string(bytes) }
  }

  private func otherString(_ element: BSONElement, index: Int) throws -> String {
    let bytes = try bytes()
    switch element.type {
    case .objectID: return element.objectID(bytes).description
    case .symbol: return try read(element, index) { bytes throws(BSONError) in try element.string(bytes) }
    case .binary:
      let (subtype, range) = try read(element, index) { bytes throws(BSONError) in try element.binary(bytes) }
      guard BSONBinary.isUUID(subtype: subtype, count: range.count) else { break }
      let digits = hexadecimal(bytes[range]).utf8
      var text: [UInt8] = []
      for (offset, digit) in digits.enumerated() {
        if [8, 12, 16, 20].contains(offset) { text.append(UInt8(ascii: "-")) }
        text.append(digit)
      }
      return String(decoding: text, as: UTF8.self)
    default: break
    }
    throw mismatch(String.self, expected: "string", element, index: index)
  }

  @inline(__always) func double(_ element: BSONElement, index: Int) throws -> Double {
    let bytes = try bytes()
    switch element.type {
    case .double: return element.double(bytes)
    case .int32: return Double(element.int32(bytes))
    case .int64: if let exact = Double(exactly: element.int64(bytes)) { return exact }
    default: break
    }
    throw mismatch(Double.self, expected: "number", element, index: index)
  }

  func float(_ element: BSONElement, index: Int) throws -> Float {
    let number = try double(element, index: index)
    let float = Float(number)
    guard float.isFinite || !number.isFinite else {
      throw mismatch(Float.self, expected: "number within the range of a Float", element, index: index)
    }
    return float
  }

  @inline(__always) func integer<Number: FixedWidthInteger>(
    _ type: Number.Type, _ element: BSONElement, index: Int
  ) throws -> Number {
    let bytes = try bytes()
    let number: Number? =
      switch element.type {
      case .int32: Number(exactly: element.int32(bytes))
      case .int64: Number(exactly: element.int64(bytes))
      case .double: Number(exactly: element.double(bytes))
      default: nil
      }
    guard let number else {
      throw mismatch(type, expected: "whole number of \(type.bitWidth) bits", element, index: index)
    }
    return number
  }

  func date(_ element: BSONElement, index: Int) throws -> Date {
    if element.type == .date { return MillisecondDate(milliseconds: element.int64(try bytes())).date }
    if element.type == .string, let date = MillisecondDate(text: try string(element, index: index)) {
      return date.date
    }
    throw mismatch(Date.self, expected: "date", element, index: index)
  }

  func data(_ element: BSONElement, index: Int) throws -> Data {
    guard element.type == .binary else { throw mismatch(Data.self, expected: "binary", element, index: index) }
    let (_, range) = try read(element, index) { bytes throws(BSONError) in try element.binary(bytes) }
    return Data(try bytes()[range])
  }

  func uuid(_ element: BSONElement, index: Int) throws -> UUID {
    if element.type == .binary {
      let (subtype, range) = try read(element, index) { bytes throws(BSONError) in try element.binary(bytes) }
      if BSONBinary.isUUID(subtype: subtype, count: range.count) {
        return UUID(uuid: try bytes().loadUnaligned(fromByteOffset: range.lowerBound, as: uuid_t.self))
      }
    } else if element.type == .string, let uuid = UUID(uuidString: try string(element, index: index)) {
      return uuid
    }
    throw mismatch(UUID.self, expected: "UUID", element, index: index)
  }

  func url(_ element: BSONElement, index: Int) throws -> URL {
    guard element.type == .string, let url = URL(string: try string(element, index: index)) else {
      throw mismatch(URL.self, expected: "URL", element, index: index)
    }
    return url
  }

  func objectID(_ element: BSONElement, index: Int) throws -> BSONObjectID {
    guard element.type == .objectID else {
      throw mismatch(BSONObjectID.self, expected: "object id", element, index: index)
    }
    return element.objectID(try bytes())
  }

  /// A value of any type.
  func value(_ element: BSONElement, index: Int) throws -> BSONValue {
    let level = isOwn(element) ? depth : depth + 1
    return try read(element, index) { bytes throws(BSONError) in try BSONValue(bytes, element, depth: level) }
  }

  func document(_ element: BSONElement, index: Int) throws -> BSONDocument {
    guard case .document(let document) = try value(element, index: index) else {
      throw mismatch(BSONDocument.self, expected: "document", element, index: index)
    }
    return document
  }

  /// Gives an error of the bytes the element's path.
  @inline(__always) func read<Result>(
    _ element: BSONElement, _ index: Int, _ body: (UnsafeRawBufferPointer) throws(BSONError) -> Result
  ) throws -> Result {
    let bytes = try bytes()
    do throws(BSONError) {
      return try body(bytes)
    } catch {
      throw BSONNodeDecoder.corrupted(error, path: path(of: element, index: index))
    }
  }

  @inline(never)
  func mismatch(_ type: Any.Type, expected: String, _ element: BSONElement, index: Int) -> DecodingError {
    let path = path(of: element, index: index)
    guard element.type != .null else {
      return .valueNotFound(type, .init(codingPath: path, debugDescription: "expected \(expected), found null"))
    }
    return .typeMismatch(
      type, .init(codingPath: path, debugDescription: "expected \(expected), found \(element.type.name)"))
  }
}
