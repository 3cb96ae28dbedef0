/// What is to be deleted wherever it is.
public enum DeletionSubject: Hashable, Sendable, Codable {
  /// All that there is of a person, by full name.
  case author(String)
  /// One document, by its canonical link.
  case link(String)

  /// The name or the link.
  public var name: String {
    switch self {
    case .author(let name): name
    case .link(let link): link
    }
  }
}
