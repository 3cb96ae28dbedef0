import Domain
import Foundation

/// Crawls repositories of one source, one at a time.
struct RepositoryVisitor: Sendable {
  let source: CrawlSource
  let author: User
  let context: CrawlContext
  let sink: any CrawlSink
  let selection: RepositorySelection
  /// The digest of what is made of the source's files.
  let digest: String

  init(_ source: CrawlSource, author: User, context: CrawlContext, sink: any CrawlSink) throws(CrawlError) {
    self.source = source
    self.author = author
    self.context = context
    self.sink = sink
    selection = try RepositorySelection(source)
    digest = source.digest(producers: [Producer.repository])
  }

  /// What a repository came to.
  enum Result: Sendable {
    /// It is at the commit at which all of it was read before.
    case unchanged
    /// It has no commit yet; the sink knows.
    case empty
    /// It was read at a commit: the links of its files, and whether none of them failed.
    case read(commit: String, links: Set<String>, isComplete: Bool)
  }

  /// Reads a repository at its HEAD, unless that is as it was.
  ///
  /// - Parameter previous: how far it was read before; nil if nobody knows.
  /// - Throws: ``CrawlError``, what memory and sink throw, or `CancellationError`.
  func visit(_ location: RepositoryLocation, previous: SourceState?) async throws -> Result {
    let folder = URL(fileURLWithPath: context.workFolder).appending(path: "clone-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await context.gate.withLocalTurn {
      let git = try await Git(home: folder, location: location, context: context)
      let remote = try await git.remoteRevision()
      guard let revision = remote.revision else {
        try await sink.take(.skipped(Skip(item: location.url, reason: "it has no commit yet")))
        return .empty
      }
      let isKnown = previous?.digest == digest
      let isRenamed = remote.location != location
      if isKnown, !isRenamed, let previous, previous.isComplete, previous.version == revision.commit {
        return .unchanged
      }
      return try await read(
        remote.location, at: revision, with: git, in: folder, known: isKnown ? context.memory.known() : [:])
    }
  }

  private func read(
    _ location: RepositoryLocation, at revision: Revision, with git: Git, in folder: String,
    known: [String: CrawledLink]
  ) async throws -> Result {
    let limits = context.limits
    let touched = try await touchedPaths(of: location, at: revision, with: git, in: folder)
    let clone = try await RepositoryClone.make(
      of: location, at: revision, with: git, in: folder + "/git", limits: limits)
    let commit = try await clone.commit()
    let record = CrawlRecord(
      source: source.redactedLocation, url: location.url, fetchedAt: context.date, producer: Producer.repository,
      commit: commit)
    var reader = RepositoryReader(
      clone: clone, location: location, author: author, record: record, limits: limits, selection: selection,
      touched: touched, known: known)
    try await reader.read(into: sink)
    return .read(commit: commit, links: reader.links, isComplete: !reader.hasFailed)
  }

  /// The paths that the author touched; nil if all are wanted.
  private func touchedPaths(
    of location: RepositoryLocation, at revision: Revision, with git: Git, in folder: String
  ) async throws -> Set<String>? {
    guard !selection.identities.isEmpty else { return nil }
    let history = try await RepositoryHistory.make(
      of: location, at: revision, with: git, in: folder + "/history", limits: context.limits)
    return try await history.paths(touchedBy: selection.identities)
  }
}
