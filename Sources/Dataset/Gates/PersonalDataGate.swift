import Preprocessing

/// Whether a sample holds what identifies a person or opens what is theirs.
///
/// The evidence says where, and does not repeat it: the ledger has the whole sample for who must see it.
struct PersonalDataGate: SampleGate {
  private let kinds: Set<PersonalDataKind>

  init(_ kinds: Set<PersonalDataKind>) { self.kinds = kinds }

  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    guard !kinds.isEmpty else { return nil }
    for (name, text) in sample.fields {
      if let match = personalData(in: text, kinds: kinds).first {
        return Finding(
          "personal_data", "the \(name) has \(match.kind.words) in its bytes \(match.start) to \(match.end)")
      }
    }
    return nil
  }
}
