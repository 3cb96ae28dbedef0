/// Which papers on arXiv a source names.
enum ArXivSelection: Sendable, Hashable {
  /// Papers by their identifiers, with their versions if these were given.
  case identifiers([String])
  /// What a query of arXiv's interface finds, such as `au:lovelace_a AND cat:cs.LG`.
  case query(String)

  /// Reads a source: `arxiv:` with identifiers or a query behind it, or the link of a paper.
  ///
  /// - Throws: ``CrawlError`` if it names neither.
  init(_ source: CrawlSource) throws(CrawlError) {
    switch try SourceLocation(source.location) {
    case .named("arxiv", let rest):
      let parts = rest.split(separator: ",").map { $0.trimmingPrefix(while: { $0 == " " }) }
      let identifiers = parts.compactMap { Self.identifier($0) }
      if !parts.isEmpty, identifiers.count == parts.count {
        self = .identifiers(identifiers)
      } else if rest.utf8.contains(where: { $0 > 0x20 }), rest.utf8.count <= 1000 {
        self = .query(rest)
      } else {
        throw .unsupportedSource(
          source: source.redactedLocation, reason: "give arxiv:2101.00001, or a query such as arxiv:au:lovelace_a")
      }
    case .web(let address):
      guard let identifier = Self.identifier(at: address) else {
        throw .unsupportedSource(
          source: address.redacted, reason: "it names no paper; give https://arxiv.org/abs/2101.00001, or arxiv:QUERY")
      }
      self = .identifiers([identifier])
    case .named, .path:
      throw .unsupportedSource(source: source.redactedLocation, reason: "it is none of arXiv's papers")
    }
  }

  /// The identifier in the link of a paper; nil if it is none.
  static func identifier(at address: WebAddress) -> String? {
    guard ["arxiv.org", "export.arxiv.org"].contains(address.site),
      let form = ["/abs/", "/pdf/", "/html/"].first(where: address.path.hasPrefix)
    else { return nil }
    let rest = address.path.dropFirst(form.count)
    return identifier(rest.hasSuffix(".pdf") ? rest.dropLast(4) : rest)
  }

  /// An identifier as arXiv writes it (info.arxiv.org/help/arxiv_identifier.html): `2101.00001` since April 2007,
  /// `math.GT/0309136` before, each perhaps with a version such as `v2`; nil if the text is none.
  static func identifier(_ text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= 40 else { return nil }
    let bare = Array(withoutVersion(String(text)).utf8)
    if let dot = bare.firstIndex(of: UInt8(ascii: ".")), dot == 4, !bare.contains(UInt8(ascii: "/")) {
      let number = bare[(dot + 1)...]
      let isNew = bare[..<dot].allSatisfy(isDigit) && (4...5).contains(number.count) && number.allSatisfy(isDigit)
      return isNew ? String(text) : nil
    }
    guard let slash = bare.firstIndex(of: UInt8(ascii: "/")), slash > 0 else { return nil }
    let (archive, number) = (bare[..<slash], bare[(slash + 1)...])
    let isOld =
      archive.allSatisfy { isLetter($0) || "-.".utf8.contains($0) } && number.count == 7 && number.allSatisfy(isDigit)
    return isOld ? String(text) : nil
  }

  /// An identifier without its version.
  static func withoutVersion(_ identifier: String) -> String {
    guard let mark = identifier.lastIndex(of: "v"), mark != identifier.startIndex else { return identifier }
    let version = identifier[mark...].dropFirst()
    let isVersion =
      !version.isEmpty && version.utf8.allSatisfy(isDigit)
      && identifier[..<mark].utf8.last.map(isDigit) == true
    return isVersion ? String(identifier[..<mark]) : identifier
  }
}
