public import DataflowMacros

/// Sources to warehouse: crawls every source of every author and stores what it holds.
///
/// What is found is stored as it comes, so that an interrupted run keeps what it has; storing is an upsert by link, so
/// that the next run does it again without harm.
@Pipeline
public struct ETLPipeline {
  let warehouse: Warehouse
  let dispatcher: Dispatcher
  let context: CrawlContext
  let embeddingModel: String?

  /// Makes the pipeline.
  ///
  /// - Parameters:
  ///   - context: what all crawls share; each has a memory of its own.
  ///   - embeddingModel: the name of the model that will embed the documents: the run warns if most of what it brings is
  ///     in none of the model's languages.
  public init(
    warehouse: Warehouse, dispatcher: Dispatcher, context: CrawlContext, embeddingModel: String? = nil
  ) {
    self.warehouse = warehouse
    self.dispatcher = dispatcher
    self.context = context
    self.embeddingModel = embeddingModel
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
  ///
  /// - Throws: what keeps the source from being read; `StepFailure` if the warehouse takes nothing any more.
  @Step(cache: .disable)
  public func crawledSources(
    crawlJobs job: Each<CrawlJob>, storedAuthors: [String: User]
  ) async throws -> CrawledSource {
    guard let author = storedAuthors[job.authorName] else {
      throw PipelineError.unknownAuthor(name: job.authorName, known: storedAuthors.keys.sorted())
    }
    let ledger = SourceLedger(job, of: author.id, in: warehouse, at: context.date)
    var context = context
    context.memory = ledger
    return try await failingWithStore {
      let coverage: Coverage
      do {
        coverage = try await dispatcher.crawl(job.source, author: author, context: context, into: ledger)
      } catch {
        // What came before stays.
        if !Task.isCancelled { _ = try await ledger.finish(nil) }
        throw error
      }
      return try await ledger.finish(coverage)
    }
  }

  /// Adds the sources up, those that failed included. Never cached: what it notes is of this run.
  @Step(cache: .disable)
  public func crawlSummary(crawledSources: Results<CrawledSource>) -> CrawlSummary {
    let summary = CrawlSummary(crawledSources)
    StepContext.current.record("domains", summary.domains)
    StepContext.current.record("hosts", summary.hosts)
    StepContext.current.record("skipped", summary.skipped)
    StepContext.current.record("languages", summary.languages.counts)
    if let warning = embeddingModel.flatMap(summary.languages.warning) { StepContext.current.warn(warning) }
    StepContext.current.record(
      "documents",
      [
        "inserted": summary.inserted, "updated": summary.updated,
        "unchanged": summary.unchanged, "gone": summary.gone,
      ])
    return summary
  }
}
