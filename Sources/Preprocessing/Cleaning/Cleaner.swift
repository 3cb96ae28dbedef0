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

  /// Changes with the code, the configuration and the registered handlers.
  public var fingerprint: String {
    let registered = handlers.sorted { $0.key < $1.key }.flatMap { [$0.key.rawValue, $0.value.fingerprint] }
    let parts = ["cleaning", String(Self.version), configuration.strategy.rawValue] + registered
    return ContentHash(ofParts: parts).hexadecimal
  }

  /// The cleaned text of a document.
  public func clean(_ document: RawDocument) -> String {
    if let handler = handlers[document.category] { return handler.clean(document) }
    switch configuration.strategy {
    case .handbook: return handbookCleaned(document)
    case .markdown:
      let isSource = document.category == .repositories && !isMarkdownFile(document.path)
      return isSource ? sourceCleaned(document.text) : cleanMarkdown(document.text)
    }
  }

  /// Cleans Markdown that is not a document of a warehouse, as `twin clean` does.
  public func clean(markdown text: String) -> String {
    switch configuration.strategy {
    case .handbook: handbookCleaned(text)
    case .markdown: cleanMarkdown(text)
    }
  }
}

/// Whether a repository's file is prose to be treated as an article is.
package func isMarkdownFile(_ path: String?) -> Bool {
  guard let path = path?.lowercased() else { return false }
  return [".md", ".markdown", ".mdx"].contains { path.hasSuffix($0) }
}
