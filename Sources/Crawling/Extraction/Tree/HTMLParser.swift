import CXML2

/// Parses HTML with libxml2, straight into an ``HTMLTree``: the library's own tree is never built.
enum HTMLParser {
  /// What the callbacks work on; it lives on the stack of ``parse(_:limits:url:)`` while the parser runs.
  private struct Session {
    var builder: TreeBuilder
    let context: htmlParserCtxtPtr
  }

  /// The tree of a page in valid UTF-8. Never fails on bad markup; what exceeds the limits is left out.
  static func parse(_ page: [UInt8], limits: ExtractionLimits, url: String?) throws(ExtractionError) -> HTMLTree {
    guard let context = htmlNewParserCtxt() else { throw .parserUnavailable(url: url) }
    defer { htmlFreeParserCtxt(context) }
    var handler = xmlSAXHandler()
    handler.startElement = { session, name, attributes in HTMLParser.started(session, name, attributes) }
    handler.endElement = { session, _ in HTMLParser.session(session)?.pointee.builder.end() }
    handler.characters = { session, text, length in HTMLParser.text(session, text, length) }
    handler.ignorableWhitespace = { session, text, length in HTMLParser.text(session, text, length) }
    handler.cdataBlock = { session, text, length in HTMLParser.text(session, text, length) }
    context.pointee.sax.pointee = handler
    var session = Session(builder: TreeBuilder(limits: limits, expecting: page.count), context: context)
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue | UInt32(XML_PARSE_HUGE.rawValue)
    withUnsafeMutablePointer(to: &session) { pointer in
      context.pointee.userData = UnsafeMutableRawPointer(pointer)
      page.withUnsafeBytes { bytes in
        let text = bytes.bindMemory(to: CChar.self)
        // With handlers of our own no document comes back: a result would be a leak.
        if let document = htmlCtxtReadMemory(
          context, text.baseAddress, Int32(clamping: text.count), nil, "UTF-8", Int32(bitPattern: options))
        {
          xmlFreeDoc(document)
        }
      }
    }
    return session.builder.finish()
  }

  private static func session(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Session>? {
    raw?.assumingMemoryBound(to: Session.self)
  }

  private static func text(_ raw: UnsafeMutableRawPointer?, _ text: UnsafePointer<xmlChar>?, _ length: Int32) {
    guard let session = session(raw), let text, length > 0 else { return }
    session.pointee.builder.characters(UnsafeBufferPointer(start: text, count: Int(length)))
    stopIfFull(session)
  }

  private static func started(
    _ raw: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard let session = session(raw), let name else { return }
    let kept = session.pointee.builder.start(Tag(name: String(cString: name)))
    stopIfFull(session)
    guard kept, var pair = attributes else { return }
    // Name and value in turn, ended by a missing name.
    while let key = pair.pointee {
      if let known = AttributeName(name: String(cString: key)) {
        let value = pair[1]
        let bytes = UnsafeBufferPointer(start: value, count: value.map { Int(xmlStrlen($0)) } ?? 0)
        session.pointee.builder.attribute(known, value: bytes)
      }
      pair += 2
    }
  }

  private static func stopIfFull(_ session: UnsafeMutablePointer<Session>) {
    if session.pointee.builder.isFull { xmlStopParser(session.pointee.context) }
  }
}
