import Preprocessing

/// Requests to write the post itself, about what stands out in it.
func postDrafts(_ text: ExtractText) -> [Draft] {
  guard text.bytes.count >= shortestAnswer else { return [] }
  let about = text.subject?.asActivity ?? keyPhrase(of: text.extract.text, besides: "")
  guard let about else { return [] }
  return [text.draft(Phrasing.post(about), "post", answer: text.whole)]
}
