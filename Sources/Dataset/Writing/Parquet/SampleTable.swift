import Domain

/// The samples of one side as a table: the texts, where they come from, and what was measured.
func sampleTable(_ samples: [Sample], kind: DatasetKind, scores: [String: SampleScores]) -> [ParquetColumn] {
  func text(_ name: String, _ value: (Sample) -> String) -> ParquetColumn {
    ParquetColumn(name, .strings(samples.map(value)))
  }
  func integer(_ name: String, _ value: (Sample) -> Int) -> ParquetColumn {
    ParquetColumn(name, .integers(samples.map { Int64(value($0)) }))
  }
  let measured = samples.map { scores[$0.id.uuidString] }
  var columns = [text("id") { $0.id.uuidString }, text("system", \.system)]
  switch kind {
  case .instruction: columns += [text("instruction", \.instruction), text("output", \.answer)]
  case .preference:
    columns += [
      text("prompt", \.instruction), text("chosen", \.answer), text("rejected") { $0.rejectedAnswer ?? "" },
    ]
  }
  return columns + [
    text("document_id") { $0.provenance.documentID.uuidString }, text("link") { $0.provenance.link },
    text("category") { $0.provenance.category.rawValue }, text("author_full_name") { $0.provenance.authorFullName },
    integer("start") { $0.provenance.start }, integer("end") { $0.provenance.end },
    text("extract_hash") { $0.provenance.extractHash.hexadecimal }, text("recipe") { $0.provenance.recipe },
    ParquetColumn("verbatim", .booleans(measured.map { $0?.isVerbatim })),
    ParquetColumn("shared_grams", .doubles(measured.map { $0?.sharedGrams })),
    ParquetColumn("style_delta", .doubles(measured.map { $0?.style?.delta })),
  ]
}
