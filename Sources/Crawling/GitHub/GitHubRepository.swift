/// What GitHub's interface says of a repository.
struct GitHubRepository: Decodable, Sendable, Hashable {
  /// `owner/name`.
  let fullName: String
  let isFork: Bool
  let isArchived: Bool
  let isDisabled: Bool

  enum CodingKeys: String, CodingKey {
    case fullName = "full_name"
    case fork, archived, disabled
  }

  /// Reads an entry, of which only the name need be there.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    fullName = try container.decode(String.self, forKey: .fullName)
    isFork = try container.decodeIfPresent(Bool.self, forKey: .fork) ?? false
    isArchived = try container.decodeIfPresent(Bool.self, forKey: .archived) ?? false
    isDisabled = try container.decodeIfPresent(Bool.self, forKey: .disabled) ?? false
  }
}

/// What GitHub's interface says of a user or an organisation.
struct GitHubAccount: Decodable, Sendable, Hashable {
  /// The name.
  let login: String
  /// `User` or `Organization`.
  let type: String?
}
