/// Where a set is pushed to: a dataset repository of the Hugging Face hub.
public struct HubDestination: Codable, Hashable, Sendable {
  /// The user or organisation, and the name: `ada/engines`.
  public var repository: String
  /// The hub's address.
  public var endpoint: String
  /// Whether a repository that is made for this is private.
  public var isPrivate: Bool

  /// Names a destination.
  ///
  /// - Throws: ``DatasetError/invalidValue(key:value:expected:)`` for what is no name of a repository: two parts of 1 to 96
  ///   letters, digits, `-`, `_` and `.`, as the hub has them.
  public init(repository: String, endpoint: String = "https://huggingface.co", isPrivate: Bool = false) throws {
    let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
    let isValid =
      parts.count == 2
      && parts.allSatisfy { part in
        (1...96).contains(part.utf8.count) && !part.contains("..") && !part.contains("--")
          && part.first.map { !"-.".contains($0) } ?? false && part.last.map { !"-.".contains($0) } ?? false
          && part.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "-_.".utf8.contains($0)
          }
      }
    guard isValid else {
      throw DatasetError.invalidValue(
        key: "--push", value: "`\(repository)`", expected: "a repository of the hub, such as `ada/engines`")
    }
    self.repository = repository
    self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
    self.isPrivate = isPrivate
  }

  var namespace: String { String(repository.prefix { $0 != "/" }) }
  var name: String { String(repository.drop { $0 != "/" }.dropFirst()) }
  var interface: String { "\(endpoint)/api/datasets/\(repository)" }

  /// The page of the repository, for people.
  public var page: String { "\(endpoint)/datasets/\(repository)" }
}
