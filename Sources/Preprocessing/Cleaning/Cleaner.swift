public import Domain

/// Cleans documents, each by the rules of its category.
///
/// Posts and articles follow the configured ``CleaningStrategy``; the source files of a repository are kept byte for
/// byte but for invalid and control characters, and a repository's Markdown files are treated as articles are.
/// Cleaning never fails, takes time linear in the text, and cleaning a cleaned text changes nothing.
public struct Cleaner: Sendable {
  /// Cleans one document; the result is its text.
  public typealias Handler = @Sendable (RawDocument) -> String

  /// Raised whenever the same input and configuration give another text than before.
  static let version = 2

  private let configuration: CleaningConfiguration
  private var handlers: [DataCategory: (fingerprint: String, clean: Handler)] = [:]

  /// Makes a cleaner.
  public init(_ configuration: CleaningConfiguration = CleaningConfiguration()) {
    self.configuration = configuration
  }

  /// Cleans documents of `category` by `handler` from now on.
  ///
  /// - Parameter fingerprint: what tells this handler from another, such as its name and version; it becomes a part of
  ///   ``fingerprint``, so that a changed handler cleans everything of the category again.
  public mutating func register(_ category: DataCategory, fingerprint: String, handler: @escaping Handler) {
    handlers[category] = (fingerprint, handler)
  }

  /// Changes with the code, the configuration and the registered handlers. What boilerplate a document has is not in it:
  /// whoever keeps cleaned documents adds that to each; see ``BoilerplateLines/keys(in:)``.
  public var fingerprint: String {
    let registered = handlers.sorted { $0.key < $1.key }.flatMap { [$0.key.rawValue, $0.value.fingerprint] }
    let kinds = configuration.personalData.map(\.rawValue).sorted()
    let scrubbing = kinds.isEmpty ? [] : ["personal data"] + kinds
    let parts = ["cleaning", String(Self.version), configuration.strategy.rawValue] + registered + scrubbing
    return ContentHash(ofParts: parts).hexadecimal
  }

  /// Which lines count as boilerplate; nil if none does.
  public var boilerplate: BoilerplateRule? { configuration.strategy == .markdown ? configuration.boilerplate : nil }

  /// The cleaned text of a document.
  public func clean(_ document: RawDocument) -> String { cleaned(document).text }

  /// Cleans a document.
  ///
  /// - Parameter boilerplate: the keys of the lines of the document that are left out; see ``BoilerplateLines/keys(in:)``.
  public func cleaned(_ document: RawDocument, without boilerplate: Set<UInt64> = []) -> CleanedText {
    var document = document
    let removed = withoutBoilerplate(document.text, boilerplate)
    document.text = removed.text
    var result = cleanedByRules(document)
    result.boilerplateLines = removed.count
    return result
  }

  private func cleanedByRules(_ document: RawDocument) -> CleanedText {
    if let handler = handlers[document.category] { return scrubbed(handler.clean(document)) { $0 } }
    switch configuration.strategy {
    case .handbook: return handbook(handbookText(of: document))
    case .markdown:
      let isSource = document.category == .repositories && !isMarkdownFile(document.path)
      return isSource
        ? scrubbed(sourceCleaned(document.text), sourceCleaned) : scrubbed(cleanMarkdown(document.text), cleanMarkdown)
    }
  }

  /// Cleans Markdown that is not a document of a warehouse, as `twin clean` does.
  public func cleaned(markdown text: String) -> CleanedText {
    switch configuration.strategy {
    case .handbook: handbook(text)
    case .markdown: scrubbed(cleanMarkdown(text), cleanMarkdown)
    }
  }

  /// The Handbook's rule keeps no `@` and no `+`, so that personal data has to go before it.
  private func handbook(_ text: String) -> CleanedText {
    guard !configuration.personalData.isEmpty else { return CleanedText(text: handbookCleaned(text)) }
    let scrubbed = ScrubbedText(text, kinds: configuration.personalData)
    return CleanedText(text: handbookCleaned(scrubbed.text), personalData: scrubbed.counts)
  }

  /// Replaces the personal data of a cleaned text, and cleans what has changed again, until nothing changes: the text may
  /// be wrapped or quoted otherwise than before.
  private func scrubbed(_ text: String, _ clean: (String) -> String) -> CleanedText {
    var result = CleanedText(text: text)
    guard !configuration.personalData.isEmpty else { return result }
    for _ in 0..<8 {
      let scrubbed = ScrubbedText(result.text, kinds: configuration.personalData)
      if scrubbed.counts.isEmpty { break }
      result.personalData.merge(scrubbed.counts, uniquingKeysWith: +)
      result.text = clean(scrubbed.text)
    }
    return result
  }
}

/// Whether a repository's file is prose to be treated as an article is.
package func isMarkdownFile(_ path: String?) -> Bool {
  guard let path = path?.lowercased() else { return false }
  return [".md", ".markdown", ".mdx"].contains { path.hasSuffix($0) }
}
