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
