public import Domain

extension Warehouse {
  /// The stored user of the same first and last name, or `user` after storing it.
  ///
  /// Atomic: tasks and processes that ask at once get one user. An imported user wins over a derived one.
  public func getOrCreate(_ user: User) async throws -> User {
    try await userCollection.findOrInsert(user, matching: sameName(as: user))
  }

  /// All users, by last and first name.
  public func users() async throws -> [User] {
    try await userCollection.all().sorted {
      ($0.lastName, $0.firstName, $0.id) < ($1.lastName, $1.firstName, $1.id)
    }
  }

  /// The user of a full name, such as `Ada Example`; letter case matters only for imported users.
  public func user(named fullName: String) async throws -> User? {
    let wanted = User(fullName: fullName)
    if let found = try await userCollection.preferred(over: wanted, matching: sameName(as: wanted)) { return found }
    return try await userCollection.document(wanted.id)
  }

  /// Deletes a user, but none of their documents.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  public func deleteUser(_ id: Identifier) async throws -> Bool {
    try await userCollection.delete(.id == id) > 0
  }

  private func sameName(as user: User) -> Filter<User> {
    .firstName == user.firstName && .lastName == user.lastName
  }
}
