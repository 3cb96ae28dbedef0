/// Where the articles of a site may be found, from the page that the user named: Substack's archive, the feed that the
/// page declares, or the site's map.
struct HomePage: Sendable {
  let html: [UInt8]
  let contentType: String?
  let address: WebAddress
  /// Why the page is no article itself; nil if it is one.
  let problem: PageProblem?

  /// The addresses, in the order of preference; none for a page that is no home page.
  ///
  /// The root of a site is one, and any list of links. The map of a site is looked for only if the root is no article.
  var leads: [String] {
    let isRoot = address.path == "/"
    guard isRoot || problem == .index || SubstackArchive.isHomePath(address.path) else { return [] }
    if isSubstack { return [SubstackArchive(site: address).first, address.origin + "/feed"] }
    if isRoot, isMedium { return [address.origin + "/feed"] }
    if let feed = FeedLinks.find(in: html, contentType: contentType, url: address.text).first { return [feed] }
    return isRoot && problem != nil ? [address.origin + "/sitemap.xml"] : []
  }

  /// Substack's sites are on domains of their writers too.
  private var isSubstack: Bool {
    SubstackArchive.isHomePath(address.path) && ASCII.find("substackcdn.com/", in: html, from: 0) != nil
      && (ASCII.find("window._preloads", in: html, from: 0) != nil
        || ASCII.find("content=\"Substack\"", in: html, from: 0) != nil)
  }

  private var isMedium: Bool {
    ASCII.find("cdn-client.medium.com/", in: html, from: 0) != nil
      && ASCII.find("__APOLLO_STATE__", in: html, from: 0) != nil
  }
}
