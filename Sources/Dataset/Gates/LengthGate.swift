import Domain

/// Bounds on the lengths of instructions and answers.
struct LengthGate: SampleGate {
  private let settings: GateSettings

  init(_ settings: GateSettings) { self.settings = settings }

  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    if let finding = finding(sample.instruction, settings.instructionLength, "instruction") { return finding }
    if case .preference(let pair) = sample {
      let chosen = max(settings.shortestChosen, settings.answerLength.lowerBound)
      let most = max(chosen, settings.answerLength.upperBound)
      return finding(pair.chosen, chosen...most, "chosen") ?? finding(pair.rejected, settings.answerLength, "rejected")
    }
    return finding(sample.answer, settings.answerLength, "answer")
  }

  private func finding(_ text: String, _ bounds: ClosedRange<Int>, _ field: String) -> Finding? {
    let count = text.unicodeScalars.count
    guard !bounds.contains(count) else { return nil }
    return Finding(
      "\(field)_length", "it has \(count) characters, not \(bounds.lowerBound) to \(bounds.upperBound)")
  }
}
