import CXML2

/// Reads the items of an XML document from front to back, one in memory at a time: the entries of a feed, the addresses
/// of a sitemap.
///
/// libxml2 is given text in which there is nothing to load and no entity to expand (``XMLText``), and is told to load
/// nothing besides.
enum XMLItems {
  /// Gives the elements of some names, wherever they are, to a function until that wants no more.
  ///
  /// - Parameters:
  ///   - names: the names without prefixes.
  ///   - base: the address of the document.
  ///   - take: whether more are wanted.
  /// - Throws: ``XMLProblem``. What was given before stays given. Broken markup is never an error.
  static func read(
    _ text: XMLText, named names: Set<String>, base: String?, limits: XMLLimits = XMLLimits(),
    _ take: @escaping (XMLElement) -> Bool
  ) throws(XMLProblem) {
    _ = loadsNothing
    let builder = XMLItemBuilder(names: names, base: base, limit: limits.elements / 10, take: take)
    text.bytes.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { parse($0, into: builder) }
    }
    if let problem = builder.problem { throw problem }
  }

  private static func parse(_ text: UnsafeBufferPointer<CChar>, into builder: XMLItemBuilder) {
    guard let context = xmlNewParserCtxt(), let handler = context.pointee.sax else { return }
    defer { xmlFreeParserCtxt(context) }
    handler.pointee = Self.handler()
    builder.stop = { xmlStopParser(context) }
    defer { builder.stop = {} }
    let options = [XML_PARSE_NONET, XML_PARSE_RECOVER, XML_PARSE_NOERROR, XML_PARSE_NOWARNING]
      .reduce(0) { $0 | $1.rawValue }
    withExtendedLifetime(builder) {
      context.pointee.userData = Unmanaged.passUnretained(builder).toOpaque()
      let document = xmlCtxtReadMemory(
        context, text.baseAddress, Int32(clamping: text.count), nil, nil, Int32(bitPattern: options))
      if let document { xmlFreeDoc(document) }
    }
  }

  /// Nothing outside of a document is ever loaded by libxml2, whoever asks it to; set once, for the whole process.
  private static let loadsNothing: Void = xmlSetExternalEntityLoader { _, _, _ in nil }

  /// Names come with their prefixes (SAX 1): looking prefixes up is left to the builder, since libxml2 compares each
  /// with all that are declared.
  private static func handler() -> xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = 1
    handler.startElement = { builder, name, attributes in
      guard let name else { return }
      XMLItems.builder(builder)?.start(String(cString: name), XMLItems.pairs(attributes))
    }
    handler.endElement = { builder, _ in XMLItems.builder(builder)?.end() }
    handler.characters = { builder, text, count in XMLItems.builder(builder)?.add(text, Int(count)) }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = handler.characters
    return handler
  }

  private static func builder(_ pointer: UnsafeMutableRawPointer?) -> XMLItemBuilder? {
    pointer.map { Unmanaged<XMLItemBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The attributes of a tag: names and values in turn, up to a null. In values libxml2 leaves every `&` as `&#38;`, for
  /// whoever wants to look for entities.
  private static func pairs(
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) -> [(name: String, value: String)] {
    guard var next = attributes else { return [] }
    var pairs: [(name: String, value: String)] = []
    while let name = next.pointee {
      let value = (next + 1).pointee.map { String(cString: $0) } ?? ""
      pairs.append((String(cString: name), value.replacing("&#38;", with: "&")))
      next += 2
    }
    return pairs
  }
}
