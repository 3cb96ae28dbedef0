import LanguageModel

/// One key of the configuration: what it takes, what it is without being set, and what it is for.
public struct SettingKey: Sendable {
  /// What a value must be.
  public enum Kind: Sendable, Equatable {
    /// Any text.
    case text
    /// Text that is never printed.
    case secret
    /// A path, relative to the configuration file.
    case path
    /// A server's or store's address of one of these schemes; `sqlite:` takes a path relative to the configuration file.
    case address([String])
    /// One of these words.
    case choice([String])
    /// A whole number in this range.
    case integer(ClosedRange<Int>)
    /// A number in this range.
    case number(ClosedRange<Double>)
    /// `true` or `false`.
    case truth
    /// A length of time, such as `500ms`, `1s` or `2m`.
    case duration
    /// A list of words, each one of these.
    case choices([String])
    /// A list of words.
    case words
    /// The authors, read by ``AuthorConfiguration``.
    case authors
    /// Sources, read by ``SourceConfiguration``.
    case sources
    /// A list of further language models.
    case models
    /// What models' tokens cost: `{MODEL: {input, output}}`.
    case prices
    /// A folder of prompt files, or such files by the names of their use cases.
    case prompts

    /// Whether a value is taken letter by letter.
    var isText: Bool {
      switch self {
      case .text, .secret, .path, .address: true
      default: false
      }
    }
  }

  /// The key's dotted path, such as `chunking.size`.
  public let path: String
  /// What a value must be.
  public let kind: Kind
  /// The value when it is not set, as YAML; nil when there is none.
  public let builtIn: String?
  /// What it is for, in one line.
  public let summary: String

  init(_ path: String, _ kind: Kind, _ builtIn: String? = nil, _ summary: String) {
    self.path = path
    self.kind = kind
    self.builtIn = builtIn
    self.summary = summary
  }

  /// The environment variable that sets it, such as `TWIN_CHUNKING_SIZE`.
  public var environmentName: String {
    "TWIN_" + path.uppercased().replacing(".", with: "_")
  }

  var components: [String] { path.split(separator: ".").map(String.init) }
}

extension SettingKey {
  /// Keys that have a short form: `warehouse: sqlite:…` means `warehouse: {url: sqlite:…}`.
  static let shortForms = ["warehouse": "url", "vectors": "url", "language_model": "provider", "cache": "folder"]

  /// Every key, in the order in which they are shown.
  public static let all: [SettingKey] = sourcesAndStores + chunking + usesAndRunning

  private static let sourcesAndStores: [SettingKey] = [
    SettingKey("author", .text, nil, "whose writing it is; or `authors`, a list of {name, sources}"),
    SettingKey("authors", .authors, nil, "several people, each with their sources"),
    SettingKey("sources", .sources, nil, "URLs, exports, folders and files to crawl"),
    SettingKey(
      "warehouse.url", .address(["sqlite", "mongodb", "mongodb+srv"]), "sqlite:data/twin.sqlite",
      "where documents live; or mongodb://…/twin"),
    SettingKey(
      "vectors.url", .address(VectorStore.schemes), "sqlite:data/twin.sqlite",
      "where chunks live; or http://localhost:6333"),
    SettingKey("vectors.api_key", .secret, nil, "the vector store's key"),
    SettingKey(
      "vectors.prefix", .text, nil, "what the names of the collections begin with, where several twins share a store"),
    SettingKey(
      "embedding.model", .choice(EmbeddingModels.names), "all-MiniLM-L6-v2",
      "the embedding model; `hash` needs no weights"),
    SettingKey(
      "embedding.precision", .choice(Precision.allCases.map(\.rawValue)), "f32",
      "the arithmetic of the native model: bf16 and int8 are faster where the processor has them"),
    SettingKey("embedding.query_prefix", .text, nil, "what is written before each query; else what the model wants"),
    SettingKey(
      "embedding.passage_prefix", .text, nil, "what is written before each chunk; else what the model wants"),
    SettingKey(
      "embedding.over_limit", .choice(["error", "windows", "truncate"]), "error",
      "what to do with a text that is longer than the model's limit"),
    SettingKey(
      "cleaning.strategy", .choice(CleaningStrategy.allCases.map(\.rawValue)), "markdown", "how documents are cleaned"),
  ]

  private static let usesAndRunning: [SettingKey] = [
    SettingKey(
      "search.mode", .choice(SearchQuery.Mode.allCases.map(\.rawValue)), "hybrid",
      "how chunks are ranked: by meaning (dense), by words (keyword) or by both"),
    SettingKey("search.limit", .integer(1...SearchQuery.maximumLimit), "5", "the most hits"),
    SettingKey(
      "search.fusion", .choice(["rrf", "dbsf"]), "rrf",
      "how hybrid search joins both rankings: by ranks (rrf) or by the distribution of scores (dbsf)"),
    SettingKey("search.rrf_constant", .number(0...10_000), "60", "the greater, the more lower ranks count for rrf"),
    SettingKey("search.alpha", .number(0...1), "0.5", "how much meaning counts against words: 1 is meaning alone"),
    SettingKey(
      "search.candidates", .integer(1...SearchQuery.maximumCandidates), "100",
      "how many chunks of each ranking are joined, diversified or grouped"),
    SettingKey("search.diversity", .number(0...1), "0", "how much hits should differ from each other"),
    SettingKey(
      "language_model.provider",
      .choice(["extractive"] + LanguageModelConfiguration.Provider.allCases.map(\.rawValue)), "extractive",
      "who writes the instructions; `extractive` needs no model"),
    SettingKey("language_model.model", .text, nil, "the model's name at its server"),
    SettingKey("language_model.endpoint", .address(["http", "https"]), nil, "the server's address"),
    SettingKey("language_model.api_key", .secret, nil, "the server's key"),
    SettingKey(
      "language_model.dialect", .choice(SchemaDialect.allCases.map(\.rawValue)), nil,
      "how a server that speaks as OpenAI does is asked for JSON"),
    SettingKey("language_model.temperature", .number(0...2), "0.7", "how freely it writes"),
    SettingKey("language_model.max_tokens", .integer(16...32768), "1200", "the longest reply, in tokens"),
    SettingKey(
      "language_model.context", .integer(512...1_048_576), "8192",
      "the tokens of prompt and reply together that Ollama or llama.cpp makes room for"),
    SettingKey("language_model.system_messages", .truth, "true", "whether the model reads messages of the system"),
    SettingKey("language_model.timeout", .duration, "10m", "the longest wait for one reply"),
    SettingKey("language_model.attempts", .integer(1...20), "3", "how often a request is sent at most"),
    SettingKey(
      "language_model.backoff_factor", .number(1...10), "2", "by what the pause grows from attempt to attempt"),
    SettingKey("language_model.backoff_ceiling", .duration, "8s", "the longest pause that the server did not ask for"),
    SettingKey("language_model.concurrency", .integer(1...256), "4", "how many requests are under way at once"),
    SettingKey("language_model.requests_per_minute", .integer(1...1_000_000), nil, "the most requests in a minute"),
    SettingKey("language_model.tokens_per_minute", .integer(1...1_000_000_000), nil, "the most tokens in a minute"),
    SettingKey("language_model.model_path", .path, nil, "a GGUF file that a server of llama.cpp's is started for"),
    SettingKey("language_model.n_threads", .integer(1...1024), nil, "the threads of that server"),
    SettingKey(
      "language_model.program", .text, "llama-server",
      "the program that serves it; or a Python that has `llama_cpp.server`"),
    SettingKey(
      "language_model.fallback", .models, nil, "further models, asked in this order when the first cannot answer"),
    SettingKey(
      "language_model.prices", .prices, nil, "what a million tokens cost: {MODEL: {input: 0.15, output: 0.6}}"),
    SettingKey("prompts", .prompts, nil, "a folder of prompt files that take the place of the built-in ones"),
    SettingKey("dataset.kind", .choice(DatasetKind.allCases.map(\.rawValue)), "instruction", "what is made"),
    SettingKey("dataset.pairs_per_extract", .integer(1...20), "5", "the most pairs from one extract"),
    SettingKey("dataset.test_split", .number(0...0.9), "0.1", "the share of documents kept for testing"),
    SettingKey("dataset.output", .path, "data/datasets", "the folder of the sets"),
    SettingKey(
      "dataset.formats", .choices(DatasetFormat.allCases.map(\.rawValue)), "[alpaca, messages]",
      "how the sets are written"),
    SettingKey(
      "dataset.quotes", .choice(QuoteUse.allCases.map(\.rawValue)), "leave_out",
      "whether answers may hold block quotes, the words of others"),
    SettingKey(
      "dataset.extracts", .choice(["auto"] + ExtractRule.allCases.map(\.rawValue)), "auto",
      "how extracts are cut: `sections` without a model, `sentences` for one, or `handbook`"),
    SettingKey("dataset.system", .text, nil, "the system message of every sample"),
    SettingKey(
      "dataset.train_on", .choice(TrainedText.allCases.map(\.rawValue)), "answers",
      "what the card says that training counts"),
    SettingKey("dataset.name", .text, nil, "the set's name in its card"),
    SettingKey("dataset.license", .text, nil, "the licence's identifier in the card, such as cc-by-4.0"),
    SettingKey("dataset.min_instruction", .integer(1...10_000), "10", "the shortest instruction, in characters"),
    SettingKey("dataset.max_instruction", .integer(1...100_000), "600", "the longest instruction"),
    SettingKey("dataset.min_answer", .integer(1...10_000), "40", "the shortest answer"),
    SettingKey("dataset.max_answer", .integer(1...1_000_000), "6000", "the longest answer"),
    SettingKey("dataset.min_chosen", .integer(1...10_000), "100", "the shortest chosen answer of a preference"),
    SettingKey("dataset.exclude_keywords", .words, nil, "words and phrases that no sample may hold"),
    SettingKey("dataset.languages", .words, nil, "the languages that answers may be in, such as en"),
    SettingKey(
      "dataset.shared_grams", .number(0...1), "0.05",
      "the least share of an answer's runs of four words that stand in its extract"),
    SettingKey(
      "dataset.cosine", .number(0...1), "0",
      "the least cosine between the vectors of an answer and of its extract; 0 asks for none"),
    SettingKey(
      "dataset.near_duplicates", .number(0.5...1), "0.8", "the Jaccard similarity from which two texts are the same"),
    SettingKey(
      "dataset.personal_data", .choices(PersonalDataKind.allCases.map(\.rawValue) + ["none"]),
      "[email, phone, address, secret, account]", "what no sample may hold; `[none]` looks for nothing"),
    SettingKey("dataset.evaluation_files", .words, nil, "JSON lines or text whose words no sample may repeat"),
    SettingKey("dataset.evaluation_words", .integer(5...100), "13", "how many words in a row are such a repetition"),
    SettingKey(
      "dataset.judgement", .number(0...5), "0",
      "the least mark, 1 to 5, that the language model must give a sample; 0 asks for none"),
    SettingKey("dataset.judge_calls", .integer(0...10_000_000), "1000", "how often it may be asked for marks in a run"),
    SettingKey("dataset.readmit", .words, nil, "ids of rejected samples that are wanted all the same"),
    SettingKey("crawl.allow_private_addresses", .truth, "false", "whether sources may lie in private networks"),
    SettingKey("crawl.concurrency", .integer(1...64), "8", "how many requests are under way at once, over all hosts"),
    SettingKey("crawl.per_host", .integer(1...16), "2", "how many of them at one host"),
    SettingKey("crawl.delay", .duration, "1s", "the least time between two requests to one host"),
    SettingKey(
      "crawl.own_sites", .words, nil,
      "hosts of one's own, such as ada.example or *.ada.example: without delay, and whatever their robots.txt says"),
    SettingKey("crawl.user_agent", .text, "twin/0.1", "what crawlers call themselves"),
    SettingKey("crawl.contact", .text, nil, "a mail address or URL, which hosts are told with every request"),
    SettingKey(
      "http.certificate_authority_file", .path, nil,
      "a PEM file of certificate authorities that every request trusts, such as your own"),
    SettingKey("runs", .path, "data/runs", "the folder of the records of runs"),
    SettingKey("cache.folder", .path, "data/cache", "the folder of results that are kept from run to run"),
    SettingKey("cache.limit", .text, "4GB", "how much of them is kept"),
    SettingKey("max_failures", .text, nil, "how many items, or 5% of them, may fail before a run counts as failed"),
    SettingKey("lineage", .text, nil, "a file or an http:// address for OpenLineage events"),
  ]
}
