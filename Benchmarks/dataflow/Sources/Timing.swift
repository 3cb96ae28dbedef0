/// What a case gives when its result is not what the work must give: a fast wrong answer is not a figure.
struct WrongResult: Error {}

/// Throws unless the result is right.
func require(_ isRight: Bool) throws {
  guard isRight else { throw WrongResult() }
}

extension Duration {
  /// In seconds.
  var seconds: Double { self / .seconds(1) }
}
