import Domain

let author = User(fullName: "Ada Example")

func rawDocument(
  _ text: String, category: DataCategory = .articles, title: String? = "On Engines", path: String? = nil
) -> RawDocument {
  RawDocument(
    category: category, link: "https://example.org/engines", platform: "example.org", author: author, title: title,
    text: text, path: path)
}

func cleanedDocument(_ text: String, category: DataCategory = .articles, path: String? = nil) -> CleanedDocument {
  CleanedDocument(
    of: rawDocument(text, category: category, path: path), text: text, fingerprint: ContentHash(of: "test"))
}

/// The first byte of a text that is not covered, and is of no white space (Python's, which has four control characters more
/// than Unicode's).
func firstMissed(in text: String, _ covered: [Bool]) -> Int? {
  var place = 0
  for scalar in text.unicodeScalars {
    if !covered[place], !scalar.properties.isWhitespace, !(0x1C...0x1F).contains(scalar.value) { return place }
    place += scalar.utf8.count
  }
  return nil
}
