/// A user or an organisation on GitHub as a source: all repositories of theirs that the options let through.
struct GitHubOwner: Sendable, Hashable {
  /// The options of a source by which it is told.
  static let options = [
    SourceOption("forks", .flag, "of a GitHub user or organisation also the forks; false by default"),
    SourceOption("archived", .flag, "of a GitHub user or organisation also what is archived; false by default"),
  ]

  /// The account's name.
  let name: String
  private let takesForks: Bool
  private let takesArchived: Bool

  /// Reads a source; nil if it is no link of an account, which is `https://github.com/NAME` or
  /// `https://github.com/orgs/NAME`.
  ///
  /// - Throws: ``CrawlError`` for a malformed link.
  init?(_ source: CrawlSource) throws(CrawlError) {
    guard case .web(let address) = try SourceLocation(source.location), address.site == "github.com",
      address.query == nil || address.query == "tab=repositories"
    else { return nil }
    var segments = address.path.split(separator: "/").map(String.init)
    if segments.count == 2, segments[0] == "orgs" { segments.removeFirst() }
    guard segments.count == 1, RepositoryLocation.isGitHubName(segments[0]) else { return nil }
    name = segments[0]
    takesForks = source.options["forks"] == ["true"]
    takesArchived = source.options["archived"] == ["true"]
  }

  /// Why a repository of the account is left out; nil if it is wanted.
  func reason(against repository: GitHubRepository) -> String? {
    if repository.isDisabled { return "disabled by GitHub" }
    if repository.isFork, !takesForks { return "a fork; `forks: true` takes it" }
    if repository.isArchived, !takesArchived { return "archived; `archived: true` takes it" }
    return nil
  }

  /// Whether a repository is the account's own: its full name is all that decides what is cloned.
  func owns(_ repository: GitHubRepository) -> Bool {
    let parts = repository.fullName.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return parts.count == 2 && parts[0].lowercased() == name.lowercased()
      && parts.allSatisfy(RepositoryLocation.isGitHubName)
  }
}
