extension SettingsReader {
  /// How documents are cleaned.
  func cleaning() throws -> CleaningConfiguration {
    let kinds = try choices("cleaning.personal_data")
    let rule = BoilerplateRule(
      documents: try integer("cleaning.boilerplate_documents"), share: try number("cleaning.boilerplate_share"))
    return CleaningConfiguration(
      strategy: CleaningStrategy(rawValue: try text("cleaning.strategy")) ?? .markdown,
      personalData: kinds.contains("all")
        ? Set(PersonalDataKind.allCases) : Set(kinds.compactMap(PersonalDataKind.init)),
      boilerplate: try truth("cleaning.boilerplate") ? rule : nil)
  }
}
