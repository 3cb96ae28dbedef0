/// How a dataset's file is written.
enum TableFormat: String, Sendable, Hashable {
  /// One JSON object a line.
  case jsonLines = "jsonl"
  /// Comma-separated values with a header (RFC 4180).
  case csv
  /// One JSON document: a list of objects, or SQuAD's form.
  case json

  /// The format of a suffix (lower case, without a dot); nil if it is none.
  init?(suffix: String) {
    switch suffix {
    case "jsonl", "ndjson": self = .jsonLines
    case "csv": self = .csv
    case "json": self = .json
    default: return nil
    }
  }

  /// The format of a file by its name, behind whose suffix there may be another one, `.gz`; nil if it is none.
  init?(fileNamed name: String) {
    let suffix = fileSuffix(name)
    self.init(suffix: suffix == "gz" ? fileSuffix(String(fileName(name).dropLast(3))) : suffix)
  }

  /// The format of a media type, without parameters and lower case; nil if it is none.
  init?(mediaType: String) {
    switch mediaType {
    case "application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/jsonlines":
      self = .jsonLines
    case "text/csv": self = .csv
    case "application/json": self = .json
    default: return nil
    }
  }
}
