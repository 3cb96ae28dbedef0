import Foundation

/// One page of what arXiv's interface finds: an Atom feed (RFC 4287) with fields of arXiv's own.
struct ArXivFeed: Sendable {
  /// The papers.
  private(set) var entries: [ArXivEntry] = []
  /// How many there are on all pages.
  private(set) var total: Int?
  /// What is wrong with the question, if that is the answer.
  private(set) var problem: String?

  /// Reads a page.
  ///
  /// - Parameter limit: the most papers that are read.
  /// - Throws: ``XMLProblem`` if the bytes are none, or one that is not to be read.
  init(_ bytes: [UInt8], contentType: String? = nil, limit: Int) throws(XMLProblem) {
    let text = try XMLText(bytes, contentType: contentType)
    guard text.root == "feed" else { throw .notXML }
    var items: [XMLElement] = []
    try XMLItems.read(text, named: ["totalResults", "entry"], base: nil) { item in
      items.append(item)
      return items.count <= limit
    }
    for item in items {
      if item.name == "totalResults" {
        total = item.text.flatMap { Int($0) }
      } else if entries.count < limit {
        add(ArXivEntry(item))
      }
    }
  }

  /// What is wrong with a question stands where the papers would.
  private mutating func add(_ entry: ArXivEntry) {
    if ArXivSelection.identifier(entry.identifier) != nil {
      entries.append(entry)
    } else if entry.title == "Error" {
      problem = entry.summary
    }
  }
}

extension ArXivEntry {
  /// Reads an entry. arXiv breaks titles and abstracts into lines.
  fileprivate init(_ element: XMLElement) {
    self.init(identifier: "")
    for field in element.children {
      let text = field.text.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      switch field.name {
      case "id": identifier = Self.identifier(text ?? "")
      case "title": title = text
      case "summary": summary = text
      case "published": published = text.flatMap { try? Date($0, strategy: .iso8601) }
      case "updated": updated = text
      case "comment": comment = text
      case "author": authors += [field.child("name")?.text].compactMap { $0 }
      case "primary_category": if let term = field.attributes["term"] { categories.insert(term, at: 0) }
      case "category": if let term = field.attributes["term"] { categories.append(term) }
      default: break
      }
    }
    var seen: Set<String> = []
    categories = categories.filter { seen.insert($0).inserted }
  }

  /// The part of an entry's address behind `/abs/`.
  private static func identifier(_ address: String) -> String {
    address.firstRange(of: "/abs/").map { String(address[$0.upperBound...]) } ?? ""
  }
}
