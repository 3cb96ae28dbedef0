/// What became of a row.
enum RowOutcome: Sendable {
  /// It is a document, of which this became.
  case stored(SaveOutcome)
  /// It is none, and why.
  case bad(String)
}

extension [RowOutcome?] {
  /// The outcomes with others, in order, in the places of those that are missing.
  func filled(with others: some Sequence<RowOutcome>) -> [RowOutcome] {
    var others = others.makeIterator()
    return compactMap { $0 ?? others.next() }
  }
}
