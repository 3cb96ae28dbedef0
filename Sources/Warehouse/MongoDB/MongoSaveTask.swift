/// A document that is being saved, between the rounds.
struct MongoSaveTask: Sendable {
  let request: SaveRequest
  /// What became of it; nil while that is open.
  var outcome: SaveOutcome?
  /// What was last written, when no answer said whether it was stored, and what the outcome is if it was.
  var attempt: (bytes: [UInt8], outcome: SaveOutcome)?
  /// How often another writer was faster, and how that showed the last time.
  var races = 0
  var raceReason = ""

  init(request: SaveRequest) {
    self.request = request
  }

  mutating func race(_ reason: String) {
    races += 1
    raceReason = reason
  }
}
