import Domain
import Foundation
import HTTP

/// Crawls the repositories of a user or an organisation on GitHub, each a source of failure of its own.
struct OwnerVisitor: Sendable {
  let owner: GitHubOwner
  let gitHub: GitHubInterface
  let visitor: RepositoryVisitor

  private var context: CrawlContext { visitor.context }
  private var sink: any CrawlSink { visitor.sink }

  /// Visits all of them.
  ///
  /// - Returns: ``Coverage/complete`` if the whole list was seen: then what is of none of its repositories is gone.
  func visit() async throws -> Coverage {
    let listing = try await GitHubListing(owner: owner, gitHub: gitHub, visitor: visitor).repositories()
    for name in listing.names {
      let location = try gitHub.location(name)
      do {
        try await visit(location)
      } catch let error as CrawlError {
        try await fail(location, error.description)
      }
    }
    return listing.isComplete ? .complete : .partial
  }

  /// Visits one repository. What is remembered of it is what it would be as a source, with the hash of the links that it
  /// gave: one that could not be stored, or was deleted since, must not count as read.
  private func visit(_ location: RepositoryLocation) async throws {
    let state = try await context.memory.fetchState(of: location.url)
    if let state, let due = state.nextTry, due > context.date, state.digest == visitor.digest,
      !context.ignoresNextTry
    {
      let message = state.result ?? "it failed before"
      let failure = CrawlFailure(item: location.url, message: message, attempts: 0, nextTry: due)
      return try await sink.take(.failed(failure))
    }
    let stored = try await storedLinks(of: location)
    let isStored = state?.bodyHash == hash(of: stored)
    let previous = state.map {
      SourceState(version: $0.entityTag, digest: $0.digest, isComplete: isStored && $0.failures == 0)
    }
    switch try await visitor.visit(location, previous: previous) {
    case .unchanged: for link in stored.sorted() { try await sink.take(.unchanged(link: link)) }
    case .empty: break
    case .read(let commit, let links, let isComplete):
      if isComplete {
        for link in stored.subtracting(links).sorted() {
          try await sink.take(.gone(link: link, why: "it is no longer in the repository"))
        }
      }
      try await context.memory.remember(
        FetchState(
          url: location.url, use: .listing, fetchedAt: context.date, entityTag: commit,
          // Without the hash it is read again.
          bodyHash: isComplete ? hash(of: links) : nil, digest: visitor.digest))
    }
  }

  private func fail(_ location: RepositoryLocation, _ message: String) async throws {
    let known = try await context.memory.fetchState(of: location.url)
    var state = known ?? FetchState(url: location.url, use: .listing, fetchedAt: context.date, digest: visitor.digest)
    state.failures += 1
    (state.result, state.digest, state.fetchedAt) = (message, visitor.digest, context.date)
    state.nextTry = nextTry(after: state.failures, at: context.date)
    try await context.memory.remember(state)
    try await sink.take(.failed(CrawlFailure(item: location.url, message: message, nextTry: state.nextTry)))
  }

  /// The links of a repository's stored files.
  private func storedLinks(of location: RepositoryLocation) async throws -> Set<String> {
    let known = try await context.memory.known()
    return Set(
      known.lazy.filter { $0.key.hasPrefix(location.linkPrefix) && $0.value.crawl.goneSince == nil }.map(\.key))
  }

  private func hash(of links: Set<String>) -> ContentHash { ContentHash(ofParts: links.sorted()) }
}
