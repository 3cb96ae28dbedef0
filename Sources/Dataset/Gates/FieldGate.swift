import Domain

/// The shape of a sample: no field is empty, a placeholder, or damaged.
struct FieldGate: SampleGate {
  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    for (name, text) in sample.fields {
      if normalized(text).isEmpty, !text.contains(where: \.isSymbol) {
        return Finding("schema", "the \(name) is empty")
      }
      if let scalar = text.unicodeScalars.first(where: isDamage) {
        return Finding("schema", "the \(name) has the character U+\(String(scalar.value, radix: 16, uppercase: true))")
      }
      let bare = text.filter { !$0.isWhitespace }.lowercased()
      if placeholders.contains(bare) { return Finding("schema", "the \(name) is the placeholder “\(bare)”") }
    }
    return nil
  }

  private func isDamage(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{FFFD}" || scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value)
  }

  private let placeholders: Set<String> = [
    "...", "…", "string", "<answer>", "<instruction>", "[answer]", "n/a", "null",
  ]
}

extension Sample {
  /// The texts of the sample with the names of their fields, without the system message, which is the same for all.
  var fields: [(name: String, text: String)] {
    switch self {
    case .instruction(let sample): [("instruction", sample.instruction), ("output", sample.output)]
    case .preference(let sample):
      [("prompt", sample.prompt), ("chosen", sample.chosen), ("rejected", sample.rejected)]
    }
  }
}
