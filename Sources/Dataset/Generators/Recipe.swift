public import Domain

/// What made a sample: the generator, its model, its prompt and its parameters.
public struct Recipe: Codable, Hashable, Sendable {
  /// A name for people, such as `extractive/1`.
  public var name: String
  /// The hash of everything that decides what the generator makes.
  public var hash: ContentHash

  /// Makes the recipe of a generator from its name and everything else that decides what it makes.
  public init(name: String, parameters: [String]) {
    self.name = name
    hash = ContentHash(ofParts: ["recipe", name] + parameters)
  }
}
