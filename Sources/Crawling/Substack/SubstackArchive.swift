import Domain
import HTTP

/// The archive of a site of Substack: the interface by which its own pages list the posts, and get their texts.
struct SubstackArchive: Sendable {
  /// Any address of the site.
  let site: WebAddress

  /// The most posts that the interface gives at once.
  private static let postsPerPage = 50
  private static let path = "/api/v1/archive"

  /// The address of the first posts of the list.
  var first: String { list(from: 0) }

  /// Whether an address is a part of the list.
  static func isArchive(_ address: WebAddress) -> Bool { address.path == path }

  /// Whether an address is a site of somebody on Substack, by its name.
  static func isSite(_ address: WebAddress) -> Bool {
    address.host.hasSuffix(".substack.com")
      && !["www", "open", "on", "support", "api"].contains(
        String(address.host.dropLast(13)))
      && isHomePath(address.path)
  }

  /// Whether a path is that of a site's home page, or of its own list of posts.
  static func isHomePath(_ path: String) -> Bool { ["/", "/archive", "/archive/"].contains(path) }

  private func list(from offset: Int) -> String {
    "\(site.origin)\(Self.path)?sort=new&offset=\(offset)&limit=\(Self.postsPerPage)"
  }

  /// The feed of the site's newest posts.
  var feed: WebAddress {
    get throws { try WebAddress(site.origin + "/feed") }
  }

  /// Visits all posts.
  ///
  /// - Returns: whether the list was there; false if the site has none or its robots.txt forbids it, of which nobody is
  ///   told.
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func visit(by visitor: PageVisitor) async throws -> Bool {
    var targets: [EntryVisitor.Target] = []
    var states: [FetchState] = []
    var seen: Set<String> = []
    let limit = visitor.context.limits.sitemap.pages
    list: for offset in stride(from: 0, to: limit, by: Self.postsPerPage) {
      let address = try WebAddress(list(from: offset))
      let links: [String]
      switch try await visitor.web.fetch(address, accept: "application/json") {
      case .unchanged(let state): links = state.links
      case .page(let response, var state):
        guard let posts = SubstackPost.list(json: response.body) else {
          if offset == 0 { return false }
          let message = "its list of posts is none; save the posts as HTML and name the files in `sources`"
          let failure = try await visitor.web.remember(state, failure: message, attempts: response.attempts)
          try await visitor.sink.take(.failed(failure))
          break list
        }
        links = posts.compactMap { link(of: $0) }
        (state.use, state.links) = (.listing, links)
        states.append(state)
      case .skipped, .gone:
        if offset == 0 { return false }
        break list
      case .failed(let failure):
        if offset == 0, failure.status >= 400, failure.status < 429 { return false }
        try await visitor.sink.take(.failed(failure.failure))
        if offset == 0 { return true }
        break list
      }
      let new = links.filter { seen.insert($0).inserted }.compactMap { try? WebAddress($0) }
      // The end, or a server that gives the same posts for ever.
      if new.isEmpty { break }
      targets += new.map { EntryVisitor.Target(address: $0) }
    }
    _ = try await EntryVisitor(visitor: visitor).visit(targets)
    for state in states { try await visitor.web.remember(state, links: state.links) }
    return true
  }

  /// Where the text of a post is.
  private func link(of post: SubstackPost) -> String? {
    guard let slug = post.slug else { return nil }
    return "\(site.origin)/api/v1/posts/\(percentEncodedPath(slug))"
  }
}
