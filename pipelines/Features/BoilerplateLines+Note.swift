extension BoilerplateLines {
  /// A line as the record of a run has it.
  struct Note: Encodable {
    var text: String
    var documents, outOf: Int
    var author, category, platform: String

    enum CodingKeys: String, CodingKey {
      case text, documents
      case outOf = "out_of"
      case author, category, platform
    }
  }

  /// The lines for the record of a run.
  var notes: [Note] {
    lines.map {
      Note(
        text: $0.text, documents: $0.documents, outOf: $0.outOf, author: $0.author, category: $0.category.rawValue,
        platform: $0.platform)
    }
  }
}
