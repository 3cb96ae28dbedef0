public import Domain
public import HTTP

/// What became of a request for an address.
public enum Fetched: Sendable {
  /// It is as it was, and so is what it gave: the documents of its links, the addresses that it names, or nothing for
  /// the reason that the state has.
  case unchanged(FetchState)
  /// Here it is. The state is to be remembered with what is made of it.
  case page(HTTPResponse, FetchState)
  /// It is no longer there, and neither are the stored documents of these links; why is a phrase.
  case gone(links: [String], why: String)
  /// It is left out on purpose, since its host does not allow it.
  case skipped(Skip)
  /// It could not be fetched, or is not to be tried yet.
  case failed(FetchFailure)
}

/// Why an address could not be fetched.
public struct FetchFailure: Sendable {
  /// What to report.
  public var failure: CrawlFailure
  /// The status of the answer; 0 if there was none. Of an address that is not to be tried yet, that of the last one.
  public var status: Int
  /// What was known of it before.
  public var previous: FetchState?
}
