import Domain
import Foundation
import HTTP

/// The list of an account's repositories, page by page, each asked for only if it has changed.
struct GitHubListing: Sendable {
  private let owner: GitHubOwner
  private let gitHub: GitHubInterface
  private let visitor: RepositoryVisitor
  private let web: WebFetcher

  /// What the list came to.
  struct Result: Sendable {
    /// The full names of the repositories that are wanted.
    var names: [String] = []
    /// Whether all of the list was seen.
    var isComplete = true
  }

  init(owner: GitHubOwner, gitHub: GitHubInterface, visitor: RepositoryVisitor) {
    self.owner = owner
    self.gitHub = gitHub
    self.visitor = visitor
    // Who asks decides what is shown.
    let asker = visitor.context.gitHubToken.map { $0.isEmpty ? "anybody" : "token" } ?? "anybody"
    web = WebFetcher(
      visitor.source, producers: [Producer.repository, asker], context: visitor.context, sink: visitor.sink)
  }

  /// The account's repositories; what is wrong with the list the sink is told.
  func repositories() async throws -> Result {
    var result = Result()
    guard var page = try await firstPage() else {
      result.isComplete = false
      return result
    }
    let limit = visitor.context.limits.repository.repositories
    for _ in 0..<max(1, (limit + 99) / 100) {
      guard let names = try await listedNames(at: page) else {
        result.isComplete = false
        return result
      }
      result.names += names.filter { !$0.contains("://") }
      guard let next = names.last(where: { $0.contains("://") }) else {
        return try await bounded(result, to: limit, hasMore: false)
      }
      page = try WebAddress(next)
    }
    return try await bounded(result, to: limit, hasMore: true)
  }

  private func bounded(_ listed: Result, to limit: Int, hasMore: Bool) async throws -> Result {
    var result = listed
    result.names = Array(listed.names.prefix(limit))
    guard hasMore || listed.names.count > limit else { return result }
    result.isComplete = false
    let reason = "it has more than \(limit) repositories; name the others one by one"
    try await visitor.sink.take(.skipped(Skip(item: visitor.source.redactedLocation, reason: reason)))
    return result
  }

  /// Where the list is: that of an organisation shows to its members what is private, and so does one's own.
  private func firstPage() async throws -> WebAddress? {
    let query = "per_page=100&sort=full_name"
    guard let account = try await accountName(at: "/users/\(owner.name)") else { return nil }
    var path = "/users/\(owner.name)/repos?type=owner&\(query)"
    if account.hasPrefix("Organization ") {
      path = "/orgs/\(owner.name)/repos?type=all&\(query)"
    } else if visitor.context.gitHubToken?.isEmpty == false, let asker = try await accountName(at: "/user"),
      asker.lowercased().hasSuffix(" \(owner.name.lowercased())")
    {
      path = "/user/repos?affiliation=owner&\(query)"
    }
    return try WebAddress(gitHub.root + path)
  }

  /// The type and name of an account; nil if the sink was told what is wrong with it.
  private func accountName(at path: String) async throws -> String? {
    try await listed(at: WebAddress(gitHub.root + path)) { response in
      let account = try JSONDecoder().decode(GitHubAccount.self, from: Data(response.body))
      return ["\(account.type ?? "User") \(account.login)"]
    }?.first
  }

  /// The names on one page, and the address of the next one behind them; nil if the sink was told what is wrong with it.
  private func listedNames(at address: WebAddress) async throws -> [String]? {
    try await listed(at: address) { response in
      let repositories = try JSONDecoder().decode([GitHubRepository].self, from: Data(response.body))
      var names: [String] = []
      for repository in repositories {
        let foreign = owner.owns(repository) ? nil : "it belongs to another account"
        if let reason = foreign ?? owner.reason(against: repository) {
          try await visitor.sink.take(.skipped(Skip(item: oneLine(repository.fullName), reason: reason)))
        } else {
          names.append(repository.fullName)
        }
      }
      return names + [nextPage(response.headers, of: address)].compactMap { $0?.text }
    }
  }

  /// What an answer lists, from what is remembered of it if it has not changed.
  private func listed(
    at address: WebAddress, read: (HTTPResponse) async throws -> [String]
  ) async throws -> [String]? {
    let interface = try gitHub.web(token: visitor.context.gitHubToken)
    let fetched = try await web.fetch(address, accept: "application/vnd.github+json", interface: interface)
    switch fetched {
    case .unchanged(let state): return state.links
    case .page(let response, var state):
      do {
        let links = try await read(response)
        state.use = .listing
        try await web.remember(state, links: links)
        return links
      } catch is DecodingError {
        let message = "its answer is none of GitHub's interface; try again later"
        try await visitor.sink.take(.failed(web.remember(state, failure: message, attempts: response.attempts)))
      }
    case .failed(var failure):
      if failure.failure.attempts > 0 { failure.failure.message = message(of: failure) }
      try await visitor.sink.take(.failed(failure.failure))
    case .skipped(let skip): try await visitor.sink.take(.skipped(skip))
    case .gone: break
    }
    return nil
  }

  private func message(of failure: FetchFailure) -> String {
    switch failure.status {
    case 401: "GitHub does not accept the token in GITHUB_TOKEN; make a new one, or unset it"
    case 403, 429: "GitHub's limit of requests is reached; try again later, or set GITHUB_TOKEN for a higher one"
    case 404: "GitHub knows no user or organisation `\(owner.name)`; check the link"
    default: failure.failure.message
    }
  }
}
