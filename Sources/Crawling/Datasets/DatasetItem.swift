/// One thing of a dataset that may become a document.
enum DatasetItem: Sendable, Hashable {
  /// A row, and where it stands, such as `line 3`.
  case row([String: JSONField], place: String)
  /// A text of SQuAD's form: the paragraphs below one title.
  case passage(Passage, place: String)
  /// What should have been one of these, and why it is not, as a sentence.
  case malformed(place: String, reason: String)

  /// The paragraphs below one title, with the questions about them.
  struct Passage: Sendable, Hashable {
    var title: String?
    var paragraphs: [String]
    var questions: [Question]
  }

  /// A question about a paragraph.
  struct Question: Sendable, Hashable {
    var question: String
    /// The first of its answers; nil if the paragraph has none.
    var answer: String?
  }
}
