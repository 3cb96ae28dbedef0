import HTTP

/// Where the Hub answers programs.
package struct HubInterface: Sendable {
  /// The Hub itself, without a slash at the end.
  let root: String
  /// What gives rows of datasets that have no file which can be read.
  let rows: String

  /// Takes an interface; the Hub's own by default.
  package init(root: String = "https://huggingface.co", rows: String = "https://datasets-server.huggingface.co") {
    self.root = root
    self.rows = rows
  }

  /// What holds for requests to the Hub. Its files are mostly on other hosts, to which the token does not go.
  func web(token: String?) throws(CrawlError) -> WebInterface {
    var headers: HTTPHeaders = [:]
    if let token, !token.isEmpty { headers["Authorization"] = "Bearer \(token)" }
    return try WebInterface(root, headers: headers)
  }
}

/// What the Hub says of a dataset.
struct HubDescription: Decodable, Sendable {
  struct File: Decodable, Sendable {
    let path: String
    enum CodingKeys: String, CodingKey { case path = "rfilename" }
  }

  /// The commit.
  let sha: String
  let siblings: [File]?
}

/// Which configurations and splits a dataset has.
struct HubSplits: Decodable, Sendable {
  struct Split: Decodable, Sendable {
    let config: String
    let split: String
  }

  let splits: [Split]
}

/// Some rows of a split.
struct HubRows: Decodable, Sendable {
  struct Row: Decodable, Sendable {
    let number: Int
    let fields: JSONField
    /// The columns of which only the beginning is given.
    let truncated: [String]?
    enum CodingKeys: String, CodingKey {
      case number = "row_idx"
      case fields = "row"
      case truncated = "truncated_cells"
    }
  }

  let rows: [Row]
  let total: Int?
  enum CodingKeys: String, CodingKey {
    case rows
    case total = "num_rows_total"
  }
}
