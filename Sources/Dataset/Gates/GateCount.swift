/// How many samples a gate looked at, and how many of them it left out.
public struct GateCount: Codable, Hashable, Sendable {
  /// The gate, in a word.
  public var gate: String
  /// The samples that came to it: those that no gate before it left out.
  public var lookedAt: Int
  /// The samples that it left out.
  public var leftOut: Int

  /// Makes a count.
  public init(gate: String, lookedAt: Int, leftOut: Int) {
    (self.gate, self.lookedAt, self.leftOut) = (gate, lookedAt, leftOut)
  }

  enum CodingKeys: String, CodingKey {
    case gate
    case lookedAt = "looked_at"
    case leftOut = "left_out"
  }
}

/// The gates in the order in which samples come to them, with the rules of each; the first finding counts.
private let stages: [(gate: String, rules: Set<String>)] = [
  ("schema", ["schema"]),
  ("length", ["instruction_length", "answer_length", "chosen_length", "rejected_length"]),
  (
    "format",
    [
      "instruction_start", "instruction_end", "answer_start", "answer_end", "chosen_start", "chosen_end",
      "assistant_talk",
    ]
  ),
  ("source", ["mentions_source"]),
  ("keywords", ["keyword"]),
  ("code", ["open_fence", "bad_json"]),
  ("language", ["language"]),
  ("preference", ["not_verbatim", "same_answers"]),
  ("grounding", ["not_grounded"]),
  ("personal data", ["personal_data"]),
  ("judge", ["judgement"]),
  ("contamination", ["contaminated"]),
  (
    "duplicates",
    ["duplicate_instruction", "duplicate_answer", "near_duplicate_instruction", "near_duplicate_answer"]
  ),
]

/// What the gates did, each that had something to look for, those that left nothing out included.
///
/// - Parameters:
///   - rejected: what was left out; extracts that gave no sample came to no gate.
///   - kept: how many samples passed all.
func gateCounts(
  rejected: [Rejection], kept: Int, settings: DatasetSettings, evaluation: EvaluationTexts
) -> [GateCount] {
  var byRule: [String: Int] = [:]
  for rejection in rejected where rejection.sample != nil { byRule[rejection.rule, default: 0] += 1 }
  var arriving = kept + byRule.values.reduce(0, +)
  var counts: [GateCount] = []
  for stage in stages {
    let leftOut = stage.rules.reduce(0) { $0 + byRule[$1, default: 0] }
    if settings.asks(stage.gate, evaluation) {
      counts.append(GateCount(gate: stage.gate, lookedAt: arriving, leftOut: leftOut))
    }
    arriving -= leftOut
  }
  return counts
}

extension DatasetSettings {
  /// Whether a gate has anything to look for.
  fileprivate func asks(_ gate: String, _ evaluation: EvaluationTexts) -> Bool {
    switch gate {
    case "keywords": !gates.excludedKeywords.isEmpty
    case "preference": kind == .preference
    case "personal data": !gates.personalData.isEmpty
    case "judge": gates.leastJudgement > 0
    case "contamination": !evaluation.texts.isEmpty
    default: true
    }
  }
}
