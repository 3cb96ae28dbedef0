/// What a text is to be compared as: many models are told, since a question is not written like its answer.
enum TextRole: Sendable {
  /// A passage, which is searched.
  case passage
  /// A question or a few words to search by.
  case query
}
