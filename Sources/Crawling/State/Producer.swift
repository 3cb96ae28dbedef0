/// What makes documents, each with a version that is raised by hand when its output changes: what it made before is then
/// fetched and made again.
enum Producer {
  /// The extractor of web pages.
  static let page = "page/2"
  /// The reader of Markdown and plain text.
  static let text = "text/2"
  /// The reader of PDF files.
  static let pdf = "pdf/1"
  /// The reader of feeds.
  static let feed = "feed/1"
  /// The reader of LinkedIn's exports.
  static let linkedIn = "linkedin/1"
  /// The reader of repositories.
  static let repository = "repository/1"
}
