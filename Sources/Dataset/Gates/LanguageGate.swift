import Preprocessing

/// Whether answers are in the language of their extract, and in one that is wanted.
///
/// What shows no language, such as a few words or code, passes.
struct LanguageGate: SampleGate {
  private let languages: [String]

  init(_ languages: [String]) { self.languages = languages }

  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    let expected = dominantLanguage(of: extract.text)
    for (name, text) in sample.fields.dropFirst() {
      guard let language = dominantLanguage(of: text) else { continue }
      if !languages.isEmpty, !languages.contains(language) {
        return Finding("language", "the \(name) is in `\(language)`, not in \(languages.joined(separator: " or "))")
      }
      if let expected, language != expected {
        return Finding("language", "the \(name) is in `\(language)`, and its extract in `\(expected)`")
      }
    }
    return nil
  }
}
