public import Crawling
public import HTTP
public import Warehouse

// From the configuration's words, which it has checked, to the libraries' values.

extension CrawlSource {
  init(_ source: SourceConfiguration) {
    self.init(
      source.location, crawler: source.crawler.map { CrawlerKind(rawValue: $0) }, tags: source.tags,
      options: source.options)
  }
}

extension CrawlContext {
  /// What crawls of one run share, as the configuration wants it.
  ///
  /// - Parameters:
  ///   - http: the client of every request.
  ///   - workFolder: where clones and other temporary files are put.
  ///   - warehouse: which keeps what hosts tell crawlers; nil to ask them anew.
  public init(_ configuration: Configuration, http: HTTPClient, workFolder: String, warehouse: Warehouse? = nil) {
    let gate = HostGate(HostLimits(configuration.crawl))
    let robots = HostRobots(http: http, gate: gate, memory: warehouse.map { WarehouseRobots(warehouse: $0) })
    self.init(
      http: http, gate: gate, robots: robots, workFolder: workFolder,
      gitHubToken: configuration.environment["GITHUB_TOKEN"], hubToken: configuration.environment["HF_TOKEN"])
  }
}

extension HTTPClientConfiguration {
  /// What the client of every request of a configuration is limited by.
  public init(_ configuration: Configuration) {
    self.init()
    userAgent = configuration.crawl.fullUserAgent
    allowsPrivateAddresses = configuration.crawl.allowsPrivateAddresses
    certificateAuthorityFile = configuration.http.certificateAuthorityFile
  }
}

extension HostLimits {
  init(_ crawl: Configuration.CrawlConfiguration) {
    self.init()
    concurrency = crawl.concurrency
    perHost = crawl.perHost
    ownSites = crawl.ownSites
    delay = .seconds(crawl.delay)
  }
}

extension Cleaner {
  init(_ configuration: Configuration) {
    self.init(configuration.cleaning)
  }
}

extension Chunker {
  /// - Throws: ``ConfigurationError`` when chunks would be longer than what the model reads.
  init(_ configuration: Configuration, embedder: any Embedder) throws {
    let chunking = configuration.chunking
    let sizes =
      [("chunking.size", chunking.unit, chunking.size)]
      + chunking.categories.sorted { $0.key < $1.key }.compactMap { category, override in
        override.size.map { ("chunking.\(category.rawValue).size", override.unit ?? chunking.unit, $0) }
      }
    for (key, unit, size) in sizes where unit == .tokens && size > embedder.model.maximumTokens {
      throw ConfigurationError.badValue(
        key: key, origin: configuration.origin(of: key), found: "`\(size)`",
        wanted: "at most \(embedder.model.maximumTokens), the limit of \(embedder.model.name)")
    }
    self.init(chunking, tokenizer: embedder.tokenizer)
  }
}
