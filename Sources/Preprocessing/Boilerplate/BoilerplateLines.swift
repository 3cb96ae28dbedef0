public import Domain

/// A line that many documents of an author repeat, such as an invitation to subscribe.
public struct BoilerplateLine: Codable, Hashable, Sendable {
  /// The line as the first document with it has it, at most 200 characters of it.
  public var text: String
  /// In how many documents it occurs.
  public var documents: Int
  /// Of how many.
  public var outOf: Int
  /// The full name of their author.
  public var author: String
  /// What kind of writing they are.
  public var category: DataCategory
  /// Where they were published.
  public var platform: String
  let group: String
  let key: UInt64
  let firstWord: UInt64

  enum CodingKeys: String, CodingKey {
    case text, documents
    case outOf = "out_of"
    case author, category, platform, group, key
    case firstWord = "first_word"
  }
}

/// The lines that count as boilerplate, of all authors; a ``BoilerplateCounter`` finds them.
public struct BoilerplateLines: Codable, Equatable, Sendable {
  /// The lines, the most frequent of each author, category and platform first.
  public let lines: [BoilerplateLine]
  private let groups: [String: (keys: Set<UInt64>, firstWords: Set<UInt64>)]

  /// Takes lines that were found; none for what leaves everything as it is.
  public init(_ lines: [BoilerplateLine] = []) {
    self.lines = lines
    groups = Dictionary(grouping: lines, by: \.group).mapValues { (Set($0.map(\.key)), Set($0.map(\.firstWord))) }
  }

  /// Whether both have the same lines.
  public static func == (left: BoilerplateLines, right: BoilerplateLines) -> Bool { left.lines == right.lines }

  /// Reads the lines.
  public init(from decoder: any Decoder) throws {
    self.init(try [BoilerplateLine](from: decoder))
  }

  /// Writes the lines.
  public func encode(to encoder: any Encoder) throws { try lines.encode(to: encoder) }

  /// The keys of those lines that a document has and that are to be left out of it: a document changes with them.
  ///
  /// None when they are more than half of it: then they are what it says.
  public func keys(in document: RawDocument) -> Set<UInt64> {
    guard !groups.isEmpty, let known = groups[boilerplateGroup(of: document)] else { return [] }
    var found: Set<UInt64> = []
    var length = 0
    let written = forEachProseLine(in: Array(document.text.utf8), firstWords: known.firstWords) { line in
      guard known.keys.contains(line.key) else { return }
      found.insert(line.key)
      length += line.range.count
    }
    return length * 2 > written ? [] : found
  }
}

/// Whose documents are counted together: an author's of one category and platform. Empty for documents that have no
/// boilerplate: what many files of a repository repeat is theirs.
func boilerplateGroup(of document: RawDocument) -> String {
  guard document.category != .repositories else { return "" }
  return "\(document.authorID.uuidString)/\(document.category.rawValue)/\(document.platform)"
}

/// The text without the lines that have these keys, and how many lines went.
func withoutBoilerplate(_ text: String, _ keys: Set<UInt64>) -> (text: String, count: Int) {
  guard !keys.isEmpty else { return (text, 0) }
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var (position, count) = (0, 0)
  forEachProseLine(in: bytes) { line in
    guard keys.contains(line.key) else { return }
    result += bytes[position..<line.range.lowerBound]
    position = line.range.upperBound
    count += 1
  }
  result += bytes[position...]
  return (String(decoding: result, as: UTF8.self), count)
}
