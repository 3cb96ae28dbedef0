/// What may be printed of a URL, and what may not.
struct MongoAddress: Hashable, Sendable {
  /// Scheme, hosts and database.
  let location: String
  /// Passwords and tokens, in every form that a message might have them in, the longest first.
  private let secrets: [String]

  init(location: String, secrets: [String]) {
    self.location = location
    self.secrets = Array(Set(secrets.filter { !$0.isEmpty })).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  /// A message without the secrets.
  func redacted(_ message: String) -> String {
    secrets.reduce(message) { $0.replacing($1, with: "***") }
  }
}
