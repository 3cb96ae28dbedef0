public import Domain
public import Preprocessing

/// What samples must fulfil to enter a set: the thresholds of all gates, in the `dataset` part of a configuration.
///
/// Lengths are Unicode scalars, as Python counts characters.
public struct GateSettings: Codable, Hashable, Sendable {
  /// How long an instruction may be.
  public var instructionLength = 10...600
  /// How long an answer may be, chosen, rejected or only.
  public var answerLength = 40...6000
  /// The least length of a chosen answer (the LLM Engineers Handbook's rule).
  public var shortestChosen = 100
  /// Words or phrases that no instruction and no answer may hold, whatever their letter case.
  public var excludedKeywords: [String] = []
  /// The languages that answers may be in, as BCP 47 tags; empty for that of the extract, whatever it is.
  public var languages: [String] = []
  /// The least share of the runs of four words of an answer that stand in its extract.
  public var leastSharedGrams = 0.05
  /// The least cosine between the vectors of an answer and of its extract; 0 asks for none.
  public var leastCosine = 0.0
  /// The Jaccard similarity from which two instructions, or two answers, are the same; 1 for equal ones only.
  public var nearDuplicates = 0.8
  /// What kinds of personal data no text may hold.
  public var personalData = PersonalDataKind.allCases
  /// How many words in a row a sample must share with an evaluation file to be left out.
  public var contaminationLength = 13
  /// The least mark of a judging model, 1 to 5; 0 asks none.
  public var leastJudgement = 0.0
  /// The samples that someone has looked at in `rejected.jsonl` and wants all the same: no gate for one sample holds
  /// them back.
  public var readmitted: [Identifier] = []

  /// The defaults.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case instructionLength = "instruction_length"
    case answerLength = "answer_length"
    case shortestChosen = "shortest_chosen"
    case excludedKeywords = "exclude_keywords"
    case languages
    case leastSharedGrams = "shared_grams"
    case leastCosine = "cosine"
    case nearDuplicates = "near_duplicates"
    case personalData = "personal_data"
    case contaminationLength = "contamination_length"
    case leastJudgement = "judgement"
    case readmitted
  }
}
