/// Where arXiv answers programs.
package struct ArXivInterface: Sendable {
  /// The host that arXiv has for programs, without a slash at the end.
  let root: String
  /// The least time between two requests: three seconds, by the terms of use of arXiv's interface.
  let delay: Duration

  /// Takes an interface; arXiv's own by default.
  package init(root: String = "https://export.arxiv.org", delay: Duration = .seconds(3)) {
    self.root = root
    self.delay = delay
  }

  /// The address of a page of what is found.
  ///
  /// - Throws: ``CrawlError/invalidLink(link:reason:)`` for a query that is too long.
  func address(of selection: ArXivSelection, start: Int, count: Int) throws(CrawlError) -> WebAddress {
    let question =
      switch selection {
      case .identifiers(let identifiers): "id_list=" + identifiers.map(Self.encoded).joined(separator: ",")
      case .query(let query):
        "search_query=\(Self.encoded(query))&sortBy=submittedDate&sortOrder=descending"
      }
    return try WebAddress("\(root)/api/query?\(question)&start=\(start)&max_results=\(count)")
  }

  /// The address of a paper's PDF.
  ///
  /// - Throws: ``CrawlError/invalidLink(link:reason:)``.
  func pdf(of identifier: String) throws(CrawlError) -> WebAddress {
    try WebAddress("\(root)/pdf/\(percentEncodedPath(identifier))")
  }

  private static func encoded(_ text: String) -> String { percentEncoded(text.utf8, keeping: isUnreserved) }
}
