/// Why nothing of a source could be crawled.
public enum CrawlError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The link is malformed, or ambiguous enough that two programs might read different hosts from it.
  case invalidLink(link: String, reason: String)
  /// The link or the source's form has no crawler.
  case unsupportedSource(source: String, reason: String)
  /// LinkedIn shows the page to members only, and its terms forbid crawling it.
  case linkedInPage(link: String)
  /// No crawler has that name.
  case unknownCrawler(name: String, known: [String], nearest: String?)
  /// No file or folder is there.
  case notFound(path: String)
  /// The file or folder cannot be read.
  case cannotRead(path: String, reason: String)
  /// A program that the crawler needs is not installed.
  case missingProgram(name: String, purpose: String)
  /// Git could not fetch or read the repository.
  case repositoryFailed(repository: String, reason: String)
  /// Something of the source is larger than the limits allow.
  case tooLarge(source: String, what: String, limit: String)
  /// The archive is damaged, encrypted or no archive.
  case badArchive(path: String, reason: String)
  /// The archive or folder is none that a crawler knows.
  case unsupportedExport(path: String, found: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .invalidLink(let link, let reason): "cannot crawl \(link): \(reason)"
    case .unsupportedSource(let source, let reason): "cannot crawl \(source): \(reason)"
    case .linkedInPage(let link):
      """
      cannot crawl \(link): LinkedIn does not allow it. Get your posts as a file instead: on LinkedIn choose \
      Settings > Data privacy > Get a copy of your data, and name the zip that it sends you in `sources`; or save the \
      page of a post from your browser and name that file.
      """
    case .unknownCrawler(let name, let known, let nearest):
      "there is no crawler `\(name)`"
        + (nearest.map { "; did you mean `\($0)`?" } ?? "; there are \(known.joined(separator: ", "))")
    case .notFound(let path): "cannot crawl \(path): there is no such file or folder"
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
    case .missingProgram(let name, let purpose): "cannot \(purpose): `\(name)` is not installed, or not in PATH"
    case .repositoryFailed(let repository, let reason): "cannot crawl the repository \(repository): \(reason)"
    case .tooLarge(let source, let what, let limit): "cannot crawl \(source): \(what) exceeds the limit of \(limit)"
    case .badArchive(let path, let reason): "cannot read the archive \(path): \(reason)"
    case .unsupportedExport(let path, let found): "cannot crawl \(path): \(found)"
    }
  }
}
