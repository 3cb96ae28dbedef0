public import Domain

/// What earlier crawls of one source of one author have left.
///
/// What is remembered of a document that was given to the sink before is kept only if that document is stored.
public protocol CrawlMemory: Sendable {
  /// What the last request for an address came to; nil if there was none.
  ///
  /// - Parameter url: the address without credentials and secret parameters, as `FetchState.url` has it.
  func fetchState(of url: String) async throws -> FetchState?
  /// Keeps the state in the place of the one of its address. Nothing is written if it says the same.
  func remember(_ state: FetchState) async throws
  /// How far the source has been read; nil if nobody knows.
  func sourceState() async throws -> SourceState?
  /// Keeps the state, unless an item of this crawl failed and it says that all was read.
  func remember(_ state: SourceState) async throws
  /// The documents of the source, by link, those that are gone included.
  func known() async throws -> [String: CrawledLink]
  /// The stored document of a link, whatever source it came from; nil if there is none.
  func document(_ link: String) async throws -> CrawledLink?
}

/// A memory that has nothing and keeps nothing, so that every crawl is the first one.
public struct NoCrawlMemory: CrawlMemory {
  /// Makes it.
  public init() {}

  /// Nil.
  public func fetchState(of url: String) -> FetchState? { nil }
  /// Does nothing.
  public func remember(_ state: FetchState) {}
  /// Nil.
  public func sourceState() -> SourceState? { nil }
  /// Does nothing.
  public func remember(_ state: SourceState) {}
  /// Nothing.
  public func known() -> [String: CrawledLink] { [:] }
  /// Nil.
  public func document(_ link: String) -> CrawledLink? { nil }
}
