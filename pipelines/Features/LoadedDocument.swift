/// A document that is in the vector store with its chunks.
public struct LoadedDocument: Sendable, Codable, Hashable {
  /// Its identifier.
  public var id: Identifier
  /// What kind of writing it is.
  public var category: DataCategory
  /// The full name of its author.
  public var authorFullName: String
  /// The language of its text.
  public var language: LanguageTally
  /// The length of each chunk, in tokens of the embedding model.
  public var tokens: [Int]
  /// What cleaning took out of it; nothing for one that was cleaned before.
  public var removals: Removals
}
