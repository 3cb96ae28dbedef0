import Domain

/// A test of one sample by itself and the extract that it was made of.
///
/// Gates are values: what they say depends on the sample and their settings alone, so that a changed threshold costs
/// another pass over what was made, and no model is asked again.
public protocol SampleGate: Sendable {
  /// What is wrong with a sample, or nil.
  func finding(in sample: Sample, of extract: Extract) -> Finding?
}

extension GateSettings {
  /// The gates that look at one sample, in the order in which they are asked; the first finding counts.
  var sampleGates: [any SampleGate] {
    [
      FieldGate(), LengthGate(self), FormatGate(), MentionGate(), KeywordGate(excludedKeywords), CodeGate(),
      LanguageGate(languages), PreferenceGate(self), GroundingGate(leastSharedGrams: leastSharedGrams),
      PersonalDataGate(Set(personalData)),
    ]
  }
}

/// An outcome after the gates: samples with a finding are among the rejected, and the others have their scores.
public func gated(_ outcome: GeneratorOutcome, by settings: GateSettings) -> GeneratorOutcome {
  let gates = settings.sampleGates
  let extract = SourceWords(outcome.extract.text)
  var result = GeneratorOutcome(of: outcome.extract, rejected: outcome.rejected)
  for candidate in outcome.accepted {
    let sample = candidate.sample
    let isReadmitted = settings.readmitted.contains(sample.id)
    let finding = isReadmitted ? nil : gates.lazy.compactMap { $0.finding(in: sample, of: outcome.extract) }.first
    if let finding {
      result.rejected.append(Rejection(sample, finding))
    } else {
      var passed = candidate
      passed.scores = grounding(of: sample, in: extract)
      result.accepted.append(passed)
    }
  }
  return result
}
