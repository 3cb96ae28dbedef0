/// Reads the lines that curl hands over: the status line and the fields of each response, interim ones (1xx) included,
/// then the trailer, which is dropped.
struct HeadParser {
  /// The status of the response read last.
  private(set) var status = 0
  /// Its fields.
  private(set) var headers = HTTPHeaders()
  /// Whether the final response's header section has been read to its end.
  private(set) var isComplete = false
  /// The bytes of all lines so far.
  private(set) var byteCount = 0
  private var isInside = false

  /// Takes one line with its line end.
  mutating func take(_ line: [UInt8]) {
    byteCount += line.count
    if isComplete { return }
    let content = trimmed(line[...])
    if !isInside {
      begin(content)
    } else if content.isEmpty {
      isInside = false
      isComplete = status >= 200
    } else if line[0] == UInt8(ascii: " ") || line[0] == UInt8(ascii: "\t") {
      headers.foldIntoLast(text(content))
    } else if let colon = content.firstIndex(of: UInt8(ascii: ":")) {
      headers.append(name: text(content[..<colon]), value: text(trimmed(content[(colon + 1)...])))
    }
  }

  /// `HTTP/1.1 200 OK`, or `HTTP/2 200`.
  private mutating func begin(_ line: ArraySlice<UInt8>) {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard words.count >= 2, let code = Int(text(words[1])) else { return }
    status = code
    headers = HTTPHeaders()
    isInside = true
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// The bytes without surrounding spaces, tabs and line ends.
private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a }
  var bytes = bytes
  while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
  while let last = bytes.last, isSpace(last) { bytes.removeLast() }
  return bytes
}
