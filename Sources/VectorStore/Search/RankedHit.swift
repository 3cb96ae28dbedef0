import Domain

/// What a ranking consists of.
protocol RankedHit: Identifiable, Sendable where ID == Identifier {
  /// The higher the better; to be compared within one ranking only.
  var score: Double { get set }
}

extension RankedHit {
  /// Whether `left` comes before `right`: the better score first, equal ones by identifier.
  static func isBetter(_ left: Self, _ right: Self) -> Bool {
    left.score == right.score ? left.id < right.id : left.score > right.score
  }
}
