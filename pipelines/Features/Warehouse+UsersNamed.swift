extension Warehouse {
  /// The users of these full names, or all users when there is no name.
  ///
  /// - Throws: ``PipelineError/unknownAuthor(name:known:)`` for a name that the warehouse does not have.
  func users(named names: [String]) async throws -> [User] {
    let all = try await users()
    guard !names.isEmpty else { return all }
    var found: [User] = []
    for name in names {
      guard let user = try await user(named: name) else {
        throw PipelineError.unknownAuthor(name: name, known: all.map(\.fullName))
      }
      if !found.contains(user) { found.append(user) }
    }
    return found
  }
}
