public import DataflowMacros

/// Sources to warehouse: crawls every source of every author and stores what it holds.
///
/// Each source is stored as soon as it is crawled, so that an interrupted run keeps what it has; storing is an upsert
/// by link, so that the next run does it again without harm.
@Pipeline
public struct ETLPipeline {
  let warehouse: Warehouse
  let dispatcher: Dispatcher
  let context: CrawlContext
  let pacer: HostPacer

  /// Makes the pipeline.
  ///
  /// - Parameter delay: the least time between two crawls of one host, in seconds.
  public init(warehouse: Warehouse, dispatcher: Dispatcher, context: CrawlContext, delay: Double) {
    self.warehouse = warehouse
    self.dispatcher = dispatcher
    self.context = context
    pacer = HostPacer(delay: delay)
  }

  /// The sources of every author.
  ///
  /// Sources may hold credentials, so their type has no JSON: nothing of them is kept.
  @Step(cache: .recompute)
  public func crawlJobs(authors: [AuthorConfiguration]) -> [CrawlJob] {
    authors.flatMap { author in author.sources.map { CrawlJob(authorName: author.name, source: CrawlSource($0)) } }
  }

  /// The authors as users of the warehouse, got or created, by full name.
  @Step(cache: .disable)
  public func storedAuthors(authors: [AuthorConfiguration]) async throws -> [String: User] {
    var users: [String: User] = [:]
    for author in authors { users[author.name] = try await warehouse.getOrCreate(User(fullName: author.name)) }
    StepContext.current.record("authors", authors.map(\.name))
    return users
  }

  /// Crawls one source and stores its documents.
  @Step(cache: .disable)
  public func crawledSources(
    crawlJobs job: Each<CrawlJob>, storedAuthors: [String: User]
  ) async throws -> CrawledSource {
    guard let author = storedAuthors[job.authorName] else {
      throw PipelineError.unknownAuthor(name: job.authorName, known: storedAuthors.keys.sorted())
    }
    let domain = domain(of: job.source.location)
    if domain != "local" { try await pacer.waitForTurn(at: domain) }
    let outcome = try await dispatcher.crawl(job.source, author: author, context: context)
    var crawled = CrawledSource(source: job.itemName, domain: domain)
    for skip in outcome.skipped { crawled.skipped[skip.reason, default: 0] += skip.count }
    for failure in outcome.failures {
      crawled.failed += 1
      StepContext.current.quarantine(item: failure.item, reason: failure.message, attempts: failure.attempts)
    }
    let known = try await warehouse.links(fromSource: job.source.redactedLocation, author: author.id)
    if outcome.isUnchanged {
      crawled.unchanged = known.count
    } else {
      try await store(outcome.documents, counting: &crawled)
      if outcome.isExhaustive { try await deleteGone(known, keeping: outcome.documents, counting: &crawled) }
    }
    StepContext.current.count(
      computed: crawled.inserted + crawled.updated, cached: crawled.unchanged, deleted: crawled.deleted)
    return crawled
  }

  /// Adds the sources up, those that failed included. Never cached: what it notes is of this run.
  @Step(cache: .disable)
  public func crawlSummary(crawledSources: Results<CrawledSource>) -> CrawlSummary {
    let summary = CrawlSummary(crawledSources)
    StepContext.current.record("domains", summary.domains)
    StepContext.current.record("skipped", summary.skipped)
    StepContext.current.record(
      "documents",
      [
        "inserted": summary.inserted, "updated": summary.updated,
        "unchanged": summary.unchanged, "deleted": summary.deleted,
      ])
    return summary
  }

  private func store(_ documents: [RawDocument], counting crawled: inout CrawledSource) async throws {
    for (document, outcome) in zip(documents, try await warehouse.save(documents)) {
      switch outcome {
      case .inserted: crawled.inserted += 1
      case .updated: crawled.updated += 1
      case .unchanged: crawled.unchanged += 1
      case .failed(let error):
        crawled.failed += 1
        StepContext.current.quarantine(item: document.link, error: error)
      }
    }
  }

  private func deleteGone(
    _ known: [String: CrawledLink], keeping documents: [RawDocument], counting crawled: inout CrawledSource
  ) async throws {
    let links = Set(documents.map(\.link))
    let gone = known.filter { !links.contains($0.key) }.values
    for category in DataCategory.allCases {
      let ids = gone.filter { $0.category == category }.map(\.id)
      if !ids.isEmpty { crawled.deleted += try await warehouse.delete(ids, in: category) }
    }
  }
}
