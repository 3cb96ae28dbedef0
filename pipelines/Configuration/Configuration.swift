public import LanguageModel

/// What a run is asked to do: the decoded configuration, every path absolute.
public struct Configuration: Sendable {
  /// The file it came from.
  public var file: String
  /// The people whose writing is collected; empty means everyone in the warehouse.
  public var authors: [AuthorConfiguration]
  /// Where documents live.
  public var warehouse: String
  /// Where chunks live, and the key to it.
  public var vectors: VectorsConfiguration
  /// How chunks become vectors.
  public var embedding: EmbeddingConfiguration
  /// How documents are cleaned.
  public var cleaning: CleaningConfiguration
  /// How documents are cut.
  public var chunking: ChunkingConfiguration
  /// How chunks are searched, unless the command line says otherwise.
  public var search: SearchSettings
  /// Who writes instructions.
  public var languageModel: ModelSettings
  /// Who does when the first model cannot answer, in this order.
  public var fallbackModels: [ModelSettings]
  /// What the tokens of models cost, by their names.
  public var modelPrices: [String: ModelPrice]
  /// Where prompt files are that take the place of the built-in ones.
  public var prompts: PromptPlace
  /// What is made of cleaned documents.
  public var dataset: DatasetConfiguration
  /// How sources are crawled.
  public var crawl: CrawlConfiguration
  /// What all requests have in common.
  public var http: HTTPSettings
  /// The folder of the records of runs.
  public var runs: String
  /// Where results are kept between runs.
  public var cache: CacheConfiguration
  /// How many items of a run may fail before it counts as failed; nil for any number.
  public var maximumFailures: FailureLimit?
  /// Where OpenLineage events go; nil for nowhere.
  public var lineage: LineageTarget?
  /// Remarks for the user about what was read and not acted on.
  public var notices: [String]
  /// Every value with its origin, secrets hidden, for `twin config show` and the record of a run.
  public var resolved: [ResolvedSetting]
  /// The process' variables and those of the `.env` file beside the configuration; the process' own win.
  public var environment: [String: String]
  /// The crawlers of its sources.
  public let dispatcher: Dispatcher
  var origins: [String: SettingOrigin]

  /// Where the value of a key came from.
  func origin(of key: String) -> SettingOrigin { origins[key] ?? .builtIn }

  /// The vector store.
  public struct VectorsConfiguration: Sendable {
    /// Its address.
    public var url: String
    /// Its key.
    public var apiKey: String?
    /// What the names of its collections begin with; empty unless several twins share it.
    public var prefix: String
  }

  /// The results that are kept between runs.
  public struct CacheConfiguration: Sendable {
    /// The folder.
    public var folder: String
    /// How many bytes are kept.
    public var limit: Int
  }

  /// The embedding model.
  public struct EmbeddingConfiguration: Sendable {
    /// The name that its vectors are known by: of a server's model with its provider, `openai/text-embedding-3-small`.
    public var model: String
    /// `f32`, `bf16` or `int8`.
    public var precision: String
    /// What is written before each query; nil for what the model wants.
    public var queryPrefix: String?
    /// What is written before each chunk; nil for what the model wants.
    public var passagePrefix: String?
    /// What becomes of texts over the model's limit.
    public var overLimit: OverLimit
    /// The most bytes of vectors that are kept for texts that come again; 0 for none.
    public var cacheLimit: Int
    /// How its server is asked; nil for a model that runs here.
    public var remote: RemoteEmbeddingConfiguration?
    /// The file or folder of the tokenizer of a server's model; nil counts words and marks instead.
    public var tokenizerPath: String?
    /// What a million tokens cost at its server; nil if nobody says.
    public var price: Double?
  }

  /// A search.
  public struct SearchSettings: Sendable {
    /// `hybrid`, `dense` or `keyword`.
    public var mode: String
    /// The most hits.
    public var limit: Int
    /// `rrf` or `dbsf`.
    public var fusion: String
    /// The constant of reciprocal rank fusion.
    public var reciprocalRankConstant: Double
    /// How much meaning counts against words, from 0 to 1.
    public var alpha: Double
    /// How many chunks of each ranking are looked at.
    public var candidates: Int
    /// How much hits should differ from each other, from 0 to 1.
    public var diversity: Double
  }

  /// The datasets.
  public struct DatasetConfiguration: Sendable {
    /// `instruction` or `preference`.
    public var kind: String
    /// The most pairs from one extract.
    public var pairsPerExtract: Int
    /// The share of documents kept for testing.
    public var testSplit: Double
    /// The folder of the sets.
    public var output: String
    /// How they are written.
    public var formats: [String]
    /// `leave_out` or `keep`.
    public var quotes: String
    /// How extracts are cut; nil for what suits the generator.
    public var extracts: ExtractRule?
    /// What the set is, and what its samples must fulfil.
    public var settings: DatasetSettings
    /// Files whose texts no sample may repeat.
    public var evaluationFiles: [String]
    /// How often a judging model may be asked in one run.
    public var judgeCalls: Int
  }

  /// The crawl.
  public struct CrawlConfiguration: Sendable {
    /// Whether sources may lie in private networks.
    public var allowsPrivateAddresses: Bool
    /// How many requests are under way at once, over all hosts.
    public var concurrency: Int
    /// How many of them at one host.
    public var perHost: Int
    /// The least time between two requests to one host, in seconds.
    public var delay: Double
    /// The hosts of one's own, as `HostLimits.ownSites` has them.
    public var ownSites: [String]
    /// What crawlers call themselves.
    public var userAgent: String
    /// A mail address or URL, which hosts are told with every request.
    public var contact: String?

    /// The value of the `User-Agent` field.
    public var fullUserAgent: String { contact.map { "\(userAgent) (+\($0))" } ?? userAgent }
  }

  /// The requests, to whatever server.
  public struct HTTPSettings: Sendable {
    /// A file of certificate authorities in PEM that are trusted; see `HTTPClientConfiguration`.
    public var certificateAuthorityFile: String?
  }
}

/// One value of a configuration as it was resolved.
public struct ResolvedSetting: Sendable, Codable {
  /// The key's dotted path.
  public var key: String
  /// The value as YAML flow text; a secret shows as dots.
  public var value: String
  /// Where it came from.
  public var origin: String
}

/// A person and where their writing is.
public struct AuthorConfiguration: Sendable, Hashable {
  /// The full name.
  public var name: String
  /// Where the writing is.
  public var sources: [SourceConfiguration]

  /// Names a person and where their writing is.
  public init(name: String, sources: [SourceConfiguration]) {
    self.name = name
    self.sources = sources
  }
}

/// One place to crawl.
public struct SourceConfiguration: Sendable, Hashable {
  /// A URL, or an absolute path.
  public var location: String
  /// The crawler to use, when the pattern would choose another one.
  public var crawler: String?
  /// Tags that its documents get.
  public var tags: [String]
  /// The options of its crawler, by name.
  public var options: [String: [String]]

  /// Names a place; see the properties.
  public init(location: String, crawler: String? = nil, tags: [String] = [], options: [String: [String]] = [:]) {
    self.location = location
    self.crawler = crawler
    self.tags = tags
    self.options = options
  }
}
