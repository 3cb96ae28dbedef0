/// Why a page gives no article.
enum PageProblem: Sendable, Hashable {
  case empty, index, paywalled, scriptOnly

  /// Whether something went wrong, rather than that the page was understood well, and is no article.
  var isFailure: Bool { self == .empty }

  /// What is wrong and what the user can do about it.
  ///
  /// - Parameter isSaved: whether the page is a file that the user saved, rather than fetched.
  func advice(isSaved: Bool) -> String {
    switch self {
    case .empty where isSaved: "no article was found in the page; save it again when it is fully loaded"
    case .empty:
      "no article was found in the page; open it in a browser, save it as HTML and name the file in `sources`"
    case .index: "the page is a list of links, not an article; name the articles themselves in `sources`"
    case .paywalled where isSaved: "the page holds only the free part of an article; save it again when logged in"
    case .paywalled:
      "the article is behind a paywall; log in with a browser, save the page as HTML and name the file in `sources`"
    case .scriptOnly where isSaved: "the page holds scripts but no text; save it with “Web page, complete”"
    case .scriptOnly:
      "the page is made by scripts in the browser; open it there, save it as HTML and name the file in `sources`"
    }
  }
}
