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

  /// The authors as users of the warehouse, got or created, with their sources.
  @Step
  public func crawlJobs(authors: [AuthorConfiguration]) async throws -> [CrawlJob] {
    var jobs: [CrawlJob] = []
    for author in authors {
      let user = try await warehouse.getOrCreate(User(fullName: author.name))
      jobs += author.sources.map { CrawlJob(author: user, source: CrawlSource($0)) }
    }
    StepContext.current.record("authors", authors.map(\.name))
    return jobs
  }

  /// Crawls one source and stores its documents.
  @Step
  public func crawledSources(crawlJobs job: Each<CrawlJob>) async throws -> CrawledSource {
    let domain = domain(of: job.source.location)
    if domain != "local" { try await pacer.waitForTurn(at: domain) }
    let outcome = try await dispatcher.crawl(job.source, author: job.author, context: context)
    var crawled = CrawledSource(source: job.itemName, domain: domain)
    for skip in outcome.skipped { crawled.skipped[skip.reason, default: 0] += skip.count }
    for failure in outcome.failures {
      crawled.failed += 1
      StepContext.current.quarantine(item: failure.item, reason: failure.message, attempts: failure.attempts)
    }
    let known = try await warehouse.links(fromSource: job.source.redactedLocation, author: job.author.id)
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

  /// Adds the sources up.
  @Step
  public func crawlSummary(crawledSources: [CrawledSource], crawlJobs: [CrawlJob]) -> CrawlSummary {
    let summary = CrawlSummary(crawledSources, jobs: crawlJobs)
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
