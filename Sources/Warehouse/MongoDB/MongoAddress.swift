import Foundation

/// What may be printed of a URL, and what may not.
struct MongoAddress: Hashable, Sendable {
  /// Shorter secrets are found in words that have nothing to do with them, and to blot them out there would tell them.
  private static let minimumSecretLength = 4

  /// Scheme, hosts and database.
  let location: String
  /// Whether the URL says who asks.
  let hasCredentials: Bool
  /// Passwords and tokens, in every form that a message might have them in, the longest first.
  private let secrets: [String]

  init(location: String, secrets: [String], hasCredentials: Bool) {
    self.location = location
    self.hasCredentials = hasCredentials
    self.secrets = Array(Set(secrets.filter { $0.count >= Self.minimumSecretLength }))
      .sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  /// A message as a part of a sentence: without the secrets, in whatever letter case, and without a full stop.
  ///
  /// No part of a URL that has been taken apart holds a secret but the password and the options, and libmongoc's messages
  /// name hosts; so this is about what a server might say.
  func redacted(_ message: String) -> String {
    let safe = secrets.reduce(message) {
      $0.replacingOccurrences(of: $1, with: "***", options: [.caseInsensitive, .literal])
    }
    return safe.trimmingCharacters(in: .whitespacesAndNewlines.union(["."]))
  }
}
