/// What makes documents, each with a version that is raised by hand when its output changes: what it made before is then
/// fetched and made again.
enum Producer {
  /// The extractor of web pages.
  static let page = "page/3"
  /// The reader of Markdown and plain text.
  static let text = "text/2"
  /// The reader of PDF files.
  static let pdf = "pdf/3"
  /// The reader of feeds.
  static let feed = "feed/2"
  /// The reader of LinkedIn's exports and posts.
  static let linkedIn = "linkedin/3"
  /// The reader of Medium's exports.
  static let mediumExport = "medium-export/1"
  /// The reader of Substack's exports.
  static let substackExport = "substack-export/1"
  /// The reader of Substack's posts.
  static let substack = "substack/1"
  /// The reader of repositories.
  static let repository = "repository/2"
  /// The reader of papers on arXiv.
  static let arXiv = "arxiv/1"
  /// The reader of datasets.
  static let dataset = "dataset/1"
}
