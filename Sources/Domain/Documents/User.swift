/// A person whose writing is collected.
///
/// Stored as the LLM Engineers Handbook stores its users: `_id`, `first_name`, `last_name`.
public struct User: Codable, Hashable, Sendable, Identifiable {
  /// Derived from the name, unless the user was imported.
  public var id: Identifier
  /// All names but the last.
  public var firstName: String
  /// The last name; empty for a person of one name.
  public var lastName: String

  /// Makes the user of a full name; runs of white space count as one space, and letter case does not change the
  /// identifier.
  public init(fullName: String) {
    let names = fullName.split(whereSeparator: \.isWhitespace).map(String.init)
    firstName = names.count > 1 ? names.dropLast().joined(separator: " ") : names.first ?? ""
    lastName = names.count > 1 ? names[names.count - 1] : ""
    id = Identifier("user", [names.joined(separator: " ").lowercased()])
  }

  /// Takes a user that already exists.
  public init(id: Identifier, firstName: String, lastName: String) {
    self.id = id
    self.firstName = firstName
    self.lastName = lastName
  }

  /// Both names, with a space between.
  public var fullName: String { lastName.isEmpty ? firstName : "\(firstName) \(lastName)" }

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case firstName = "first_name"
    case lastName = "last_name"
  }
}
