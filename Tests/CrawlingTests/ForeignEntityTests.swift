import CXML2
import Foundation
import TestSupport
import Testing

@testable import Crawling

@Suite struct ForeignEntityTests {
  @Test func `once a feed was read, libxml2 loads nothing from elsewhere, whoever asks it to`() throws {
    let folder = try TemporaryFolder()
    let secret = try folder.write("secret of this machine", to: "secret")
    let document = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file://\(secret)\">]><a>&x;</a>"
    _ = try? Feed(Array("<rss><channel/></rss>".utf8), contentType: nil, address: nil, limit: 1)
    // All that our own parser never asks for.
    let options = [XML_PARSE_NOENT, XML_PARSE_DTDLOAD, XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_RECOVER]
      .reduce(0) { $0 | $1.rawValue }
    let parsed = xmlReadMemory(document, Int32(document.utf8.count), nil, nil, Int32(bitPattern: options))
    defer { xmlFreeDoc(parsed) }
    let text = xmlNodeGetContent(xmlDocGetRootElement(parsed))
    defer { free(text) }
    #expect(text.map { String(cString: $0) } ?? "" == "")
  }
}
