/// An XML document as libxml2 is given it: in UTF-8, from its root element on, without what attacks are made of.
///
/// The document type is left out, so that there are no entities but those of XML. One that declares its own is refused;
/// the mere name of an external one, as in RSS 0.91, does no harm. What feeds get wrong most often is put right: named
/// characters of HTML, an `&` that begins no reference, control characters.
struct XMLText {
  /// The document from its root element on.
  private(set) var bytes: [UInt8]
  /// The name of the root element without its prefix.
  let root: String

  /// How far a document is looked into to find out what it is.
  private static let headBytes = 64 << 10

  /// Reads a document that came with a content type, or none.
  ///
  /// - Throws: ``XMLProblem``.
  init(_ document: [UInt8], contentType: String?, limits: XMLLimits = XMLLimits()) throws(XMLProblem) {
    let decoded = Self.decoded(document, contentType: contentType)
    let start = try Self.rootStart(decoded)
    root = Self.localName(decoded, at: start)
    var scanner = XMLScanner(limits: limits)
    bytes = try scanner.checked(decoded, from: start)
  }

  /// The name of the root element of what seems to be an XML document, without its prefix; nil if it is none, or
  /// declares entities.
  static func rootName(of document: [UInt8], contentType: String?) -> String? {
    let head = decoded(Array(document.prefix(headBytes)), contentType: contentType)
    guard let start = try? rootStart(head) else { return nil }
    return localName(head, at: start)
  }

  // MARK: Encoding

  /// The document in UTF-8, by its byte order mark, its content type or its declaration (RFC 7303, section 3).
  private static func decoded(_ document: [UInt8], contentType: String?) -> [UInt8] {
    let type = contentType?.lowercased().contains("charset") == true ? contentType : nil
    let label = type ?? declaredEncoding(document).map { "text/xml; charset=\($0)" }
    return PageDecoder.decode(document, contentType: label)
  }

  /// The encoding of `<?xml … encoding="…"?>`, or of how that looks in UTF-16.
  private static func declaredEncoding(_ document: [UInt8]) -> String? {
    if document.starts(with: [0x3C, 0]) { return "utf-16le" }
    if document.starts(with: [0, 0x3C]) { return "utf-16be" }
    let head = Array(document.prefix(400))
    guard let start = ASCII.find("<?xml", in: head, from: 0), let end = ASCII.find("?>", in: head, from: start),
      let name = ASCII.find("encoding", in: Array(head[..<end]), from: start)
    else { return nil }
    let value = head[(name + 8)..<end].drop { ASCII.isSpace($0) || $0 == UInt8(ascii: "=") }
    guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self)
  }

  // MARK: Prologue

  /// Where the root element begins, behind declaration, comments, instructions and document type.
  private static func rootStart(_ bytes: [UInt8]) throws(XMLProblem) -> Int {
    var index = 0
    while true {
      while index < bytes.count, ASCII.isSpace(bytes[index]) { index += 1 }
      let rest = bytes[index...].prefix(10)
      guard rest.count > 1, rest.first == UInt8(ascii: "<") else { throw .notXML }
      if rest.starts(with: Array("<?".utf8)) {
        index = try end(of: "?>", in: bytes, from: index)
      } else if rest.starts(with: Array("<!--".utf8)) {
        index = try end(of: "-->", in: bytes, from: index + 4)
      } else if rest.starts(with: Array("<!".utf8)) {
        index = try documentTypeEnd(bytes, from: index)
      } else {
        let letter = bytes[index + 1]
        guard ASCII.isLetter(letter) || letter == UInt8(ascii: "_") || letter >= 0x80 else { throw .notXML }
        return index
      }
    }
  }

  private static func end(of mark: StaticString, in bytes: [UInt8], from start: Int) throws(XMLProblem) -> Int {
    guard let found = ASCII.find(mark, in: bytes, from: start) else { throw .notXML }
    return found + mark.utf8CodeUnitCount
  }

  /// Where a document type without an internal subset ends.
  private static func documentTypeEnd(_ bytes: [UInt8], from start: Int) throws(XMLProblem) -> Int {
    var quote: UInt8?
    for index in start..<bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "[") {
        throw .declaresEntities
      } else if byte == UInt8(ascii: ">") {
        return index + 1
      }
    }
    throw .notXML
  }

  private static func localName(_ bytes: [UInt8], at start: Int) -> String {
    let name = bytes[(start + 1)...].prefix(200).prefix { !ASCII.isSpace($0) && $0 != 0x3E && $0 != 0x2F }
    return String(decoding: name.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
  }
}
