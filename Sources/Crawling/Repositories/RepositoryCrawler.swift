public import Domain
import Foundation

/// Reads the files of a git repository, one document each: on GitHub, on another `https:` host, or local (a folder with
/// `.git`, a bare repository or a bundle).
///
/// It asks for the commit first, and does nothing more if that is the previous crawl's. Otherwise it makes a shallow
/// clone without a working tree in ``CrawlContext/workFolder``, reads the text files from it and removes it.
public struct RepositoryCrawler: Crawler {
  /// Makes the crawler; it needs `git` in `PATH` when it crawls.
  public init() {}

  /// Crawls the repository at its HEAD.
  ///
  /// - Throws: ``CrawlError``, or `CancellationError`.
  public func crawl(_ source: CrawlSource, author: User, context: CrawlContext) async throws -> CrawlOutcome {
    let location = try RepositoryLocation(source.location)
    let folder = URL(fileURLWithPath: context.workFolder).appending(path: "clone-\(UUID().uuidString)").path
    let git = Git(
      home: folder, location: location, seconds: context.limits.gitSeconds, gitHubToken: context.gitHubToken)
    do {
      try git.makeHome()
    } catch {
      throw CrawlError.cannotRead(path: context.workFolder, reason: "no folder for a clone can be made there")
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let listing = try await git.run(["ls-remote", "--", location.url, "HEAD", "refs/heads/*"])
    guard let revision = Revision(listing: listing) else {
      return CrawlOutcome(skipped: [Skip(item: location.url, reason: "it has no commit yet")])
    }
    if let previous = try await context.previous(source.redactedLocation), previous.commit == revision.commit {
      return .unchanged
    }
    let clone = try await RepositoryClone.make(
      of: location, at: revision, with: git, in: folder + "/git", limits: context.limits)
    let record = CrawlRecord(
      source: source.redactedLocation, url: location.url, fetchedAt: context.date, commit: try await clone.commit())
    var reader = RepositoryReader(
      clone: clone, location: location, author: author, record: record, limits: context.limits)
    return try await reader.read()
  }
}
