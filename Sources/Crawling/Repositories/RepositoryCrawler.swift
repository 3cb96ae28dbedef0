public import Domain
import Foundation

/// Reads the files of a git repository, one document each: on GitHub, on another `https:` host, or local (a folder with
/// `.git`, a bare repository or a bundle). The link of a user or an organisation on GitHub stands for its repositories.
///
/// It asks for the commit first, and does nothing more if all of that was read before. Otherwise it makes a shallow
/// clone without a working tree in ``CrawlContext/workFolder``, reads the text files that are not stored as they are
/// from it, and removes it.
public struct RepositoryCrawler: Crawler {
  private let gitHub: GitHubInterface

  /// Makes the crawler; it needs `git` in `PATH` when it crawls.
  public init() {
    self.init(gitHub: GitHubInterface())
  }

  package init(gitHub: GitHubInterface) {
    self.gitHub = gitHub
  }

  /// Which files are wanted, and which repositories of a user or an organisation.
  public var options: [SourceOption] { RepositorySelection.options + GitHubOwner.options }

  /// Crawls the repository at its HEAD, or all repositories of a user or an organisation.
  ///
  /// - Throws: ``CrawlError``, what memory and sink throw, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let visitor = try RepositoryVisitor(source, author: author, context: context, sink: sink)
    if let owner = try GitHubOwner(source) {
      return try await OwnerVisitor(owner: owner, gitHub: gitHub, visitor: visitor).visit()
    }
    let location = try RepositoryLocation(source.location)
    switch try await visitor.visit(location, previous: context.memory.sourceState()) {
    case .unchanged: return .unchanged
    case .empty: return .partial
    case .read(let commit, _, let isComplete):
      try await context.memory.remember(
        SourceState(version: commit, digest: visitor.digest, isComplete: isComplete))
      return .complete
    }
  }
}
