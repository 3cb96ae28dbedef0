/// What became of one document in one round.
enum MongoSaveResult: Sendable {
  case done(SaveOutcome)
  /// Another writer was faster: try again.
  case raced(reason: String)
  /// The server refuses this document.
  case failed(reason: String)
}
