import Foundation

/// The JSON by which equal values are known to be equal: sorted keys, no white space.
///
/// Numbers, strings without anything to escape and truth values are written directly, since a million of them may flow
/// through a run and an encoder costs microseconds.
func canonicalJSON<Value: Encodable>(_ value: Value) throws -> Data {
  switch value {
  case let number as Int: return Data(String(number).utf8)
  case let flag as Bool: return Data((flag ? "true" : "false").utf8)
  case let text as String:
    if let plain = plainJSON(text) { return plain }
  default: break
  }
  return try recordEncoder(pretty: false).encode(value)
}

/// A string in quotes, if nothing in it has to be escaped.
private func plainJSON(_ text: String) -> Data? {
  var data = Data(capacity: text.utf8.count + 2)
  data.append(UInt8(ascii: "\""))
  for byte in text.utf8 {
    guard byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte < 0x7F else { return nil }
    data.append(byte)
  }
  data.append(UInt8(ascii: "\""))
  return data
}
