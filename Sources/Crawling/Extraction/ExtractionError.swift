/// Why a page could not be read at all. A page that can be read but holds no text is not an error: see
/// ``ExtractedPage/kind-swift.property``.
public enum ExtractionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The page is longer than ``ExtractionLimits/bytes``.
  case tooLarge(url: String?, bytes: Int, limit: Int)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .tooLarge(let url, let bytes, let limit):
      "cannot extract the text of \(url ?? "the page"): it has \(bytes) bytes and at most \(limit) are read; "
        + "raise the limit or give a shorter page"
    }
  }
}
