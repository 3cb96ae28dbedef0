extension SettingsReader {
  /// The `dataset` part.
  ///
  /// - Throws: ``ConfigurationError``.
  func dataset() throws -> Configuration.DatasetConfiguration {
    let (kind, testSplit) = (try text("dataset.kind"), try number("dataset.test_split"))
    let files = try words("dataset.evaluation_files", wanted: "the path of a file") { !$0.isEmpty }
    return .init(
      kind: kind, pairsPerExtract: try integer("dataset.pairs_per_extract"), testSplit: testSplit,
      output: try text("dataset.output"), formats: try choices("dataset.formats"),
      quotes: try text("dataset.quotes"), extracts: ExtractRule(rawValue: try text("dataset.extracts")),
      settings: DatasetSettings(
        kind: DatasetKind(rawValue: kind) ?? .instruction, testSplit: testSplit,
        separatesCategories: try truth("dataset.separate_categories"), system: try text("dataset.system"),
        trainOn: TrainedText(rawValue: try text("dataset.train_on")) ?? .answers, gates: try gates(),
        name: try text("dataset.name"), license: try text("dataset.license")),
      evaluationFiles: files.map(absolutePath), judgeCalls: try integer("dataset.judge_calls"))
  }

  private func gates() throws -> GateSettings {
    var gates = GateSettings()
    gates.instructionLength = try bounds("dataset.min_instruction", "dataset.max_instruction")
    gates.answerLength = try bounds("dataset.min_answer", "dataset.max_answer")
    gates.shortestChosen = try integer("dataset.min_chosen")
    gates.excludedKeywords = try words("dataset.exclude_keywords", wanted: "a word or a phrase") { !$0.isEmpty }
    gates.languages = try words("dataset.languages", wanted: "a language's tag, such as `en`") { tag in
      tag.utf8.count >= 2 && tag.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D }
    }
    gates.leastSharedGrams = try number("dataset.shared_grams")
    gates.leastCosine = try number("dataset.cosine")
    gates.nearDuplicates = try number("dataset.near_duplicates")
    gates.personalData = try choices("dataset.personal_data").compactMap(PersonalDataKind.init)
    gates.contaminationLength = try integer("dataset.evaluation_words")
    gates.leastJudgement = try number("dataset.judgement")
    gates.readmitted = try words("dataset.readmit", wanted: "the id of a sample in rejected.jsonl") {
      $0.utf8.count == 36
    }.map { Identifier(existing: $0) }
    return gates
  }

  private func bounds(_ least: String, _ most: String) throws -> ClosedRange<Int> {
    let (low, high) = (try integer(least), try integer(most))
    guard low <= high else {
      let setting = resolver.setting(key(most))
      throw ConfigurationError.badValue(
        key: most, origin: setting?.origin ?? .builtIn, found: "`\(high)`", wanted: "at least \(least) (\(low))")
    }
    return low...high
  }
}
