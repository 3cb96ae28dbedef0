import Preprocessing

/// In which languages documents are: how many, and how many bytes of text. Code is in none.
public struct LanguageTally: Sendable, Hashable, Codable {
  /// The documents of one language.
  public struct Count: Sendable, Hashable, Codable {
    /// How many.
    public var documents = 0
    /// Their text, in bytes.
    public var bytes = 0
  }

  /// By the language's tag; `und` stands for documents of which nothing tells.
  public private(set) var counts: [String: Count] = [:]

  /// None.
  public init() {}

  /// Counts a document.
  ///
  /// - Parameters:
  ///   - text: its text, whose own words tell more than what it says of itself: pages are made from templates.
  ///   - declared: the language that it says it is in.
  mutating func add(_ text: String, declared: String?, category: DataCategory) {
    guard category != .repositories else { return }
    let told = declared.map { $0.prefix { $0 != "-" && $0 != "_" }.lowercased() }.flatMap { $0.isEmpty ? nil : $0 }
    let language = dominantLanguage(of: text) ?? told ?? "und"
    counts[language, default: Count()].documents += 1
    counts[language, default: Count()].bytes += text.utf8.count
  }

  mutating func add(_ other: LanguageTally) {
    for (language, count) in other.counts {
      counts[language, default: Count()].documents += count.documents
      counts[language, default: Count()].bytes += count.bytes
    }
  }

  /// Says that most of the text is not in a language of an embedding model; nil if it is, or if the model knows all.
  func warning(for model: String) -> String? {
    guard let known = EmbeddingModels.languages(of: model) else { return nil }
    let foreign = counts.filter { $0.key != "und" && !known.contains($0.key) }
    let bytes = counts.values.map(\.bytes).reduce(0, +)
    let foreignBytes = foreign.values.map(\.bytes).reduce(0, +)
    guard foreignBytes * 2 > bytes else { return nil }
    let documents = counts.values.map(\.documents).reduce(0, +)
    let foreignDocuments = foreign.values.map(\.documents).reduce(0, +)
    let ranked = foreign.sorted { ($1.value.documents, $0.key) < ($0.value.documents, $1.key) }
    let named = ranked.prefix(5).map { "\($0.key) \($0.value.documents)" }.joined(separator: ", ")
    return "most of the text is in none of the languages of the embedding model \(model) "
      + "(\(known.sorted().joined(separator: ", "))): \(foreignDocuments) of \(documents) documents, "
      + "\(Int((100 * Double(foreignBytes) / Double(bytes)).rounded())) % of the bytes (\(named)); "
      + "searches by meaning will find it badly, those by words (search.mode: keyword) as well as any"
  }
}
