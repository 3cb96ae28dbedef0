public import Domain
import Foundation

/// Reads the files of a git repository, one document each: on GitHub, on another `https:` host, or local (a folder with
/// `.git`, a bare repository or a bundle).
///
/// It asks for the commit first, and does nothing more if all of that was read before. Otherwise it makes a shallow
/// clone without a working tree in ``CrawlContext/workFolder``, reads the text files from it and removes it.
public struct RepositoryCrawler: Crawler {
  /// Makes the crawler; it needs `git` in `PATH` when it crawls.
  public init() {}

  /// Crawls the repository at its HEAD.
  ///
  /// - Throws: ``CrawlError``, what memory and sink throw, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    try await context.gate.withLocalTurn {
      try await crawlNow(source, author: author, context: context, into: sink)
    }
  }

  private func crawlNow(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let location = try RepositoryLocation(source.location)
    let folder = URL(fileURLWithPath: context.workFolder).appending(path: "clone-\(UUID().uuidString)").path
    let git = Git(
      home: folder, location: location, seconds: context.limits.repository.gitSeconds, gitHubToken: context.gitHubToken)
    do {
      try git.makeHome()
    } catch {
      throw CrawlError.cannotRead(path: context.workFolder, reason: "no folder for a clone can be made there")
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let listing = try await git.run(["ls-remote", "--", location.url, "HEAD", "refs/heads/*"])
    guard let revision = Revision(listing: listing) else {
      try await sink.take(.skipped(Skip(item: location.url, reason: "it has no commit yet")))
      return .partial
    }
    let digest = source.digest(producers: [Producer.repository])
    if let state = try await context.memory.sourceState(), state.isComplete, state.version == revision.commit,
      state.digest == digest
    {
      return .unchanged
    }
    let clone = try await RepositoryClone.make(
      of: location, at: revision, with: git, in: folder + "/git", limits: context.limits)
    let commit = try await clone.commit()
    let record = CrawlRecord(
      source: source.redactedLocation, url: location.url, fetchedAt: context.date, producer: Producer.repository,
      commit: commit)
    var reader = RepositoryReader(
      clone: clone, location: location, author: author, record: record, limits: context.limits)
    let isComplete = try await reader.read(into: sink)
    try await context.memory.remember(SourceState(version: commit, digest: digest, isComplete: isComplete))
    return .complete
  }
}
