import Domain

extension BuiltDataset {
  /// Looks for what stands on both sides: a document, an instruction or an answer, equal or nearly so.
  ///
  /// It knows nothing of how the sides were made, so that a fault of the split is found before anything is written.
  /// - Throws: ``DatasetError/leak(what:train:test:)`` for the first one.
  public func checkLeaks() throws {
    guard !train.isEmpty, !test.isEmpty else { return }
    var documents: [Identifier: Identifier] = [:]
    var instructions = TextIndex(threshold: settings.gates.nearDuplicates)
    var answers = TextIndex(threshold: settings.gates.nearDuplicates)
    // Equal texts within a side are no leak, but the index takes each only once.
    var (instructionOwners, answerOwners): ([Sample], [Sample]) = ([], [])
    for sample in train {
      documents[sample.provenance.documentID] = sample.id
      let (instruction, answer) = (TextIndex.Entry(sample.instruction), TextIndex.Entry(sample.answer))
      if instructions.insertNew(instruction) { instructionOwners.append(sample) }
      if answers.insertNew(answer) { answerOwners.append(sample) }
    }
    for sample in test {
      if let other = documents[sample.provenance.documentID] {
        throw leak("the document \(sample.provenance.link)", other, sample)
      }
      if let match = instructions.match(TextIndex.Entry(sample.instruction)) {
        throw leak("the instruction “\(sample.instruction.prefix(80))”", instructionOwners[match.index].id, sample)
      }
      if let match = answers.match(TextIndex.Entry(sample.answer)) {
        throw leak("the answer “\(sample.answer.prefix(80))”", answerOwners[match.index].id, sample)
      }
    }
  }

  private func leak(_ what: String, _ train: Identifier, _ test: Sample) -> DatasetError {
    .leak(what: what, train: train.uuidString, test: test.id.uuidString)
  }
}
