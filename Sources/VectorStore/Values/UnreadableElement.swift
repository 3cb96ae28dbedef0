import Domain

/// A document or chunk that is stored in a form that twin does not write: others have changed it, or made it.
struct UnreadableElement: Error, Identifiable {
  var id: Identifier
  /// The document that a chunk says it belongs to; nil if it does not say, and of a document.
  var documentID: Identifier?
  /// What is wrong with it, as in “it has no `text`”.
  var reason: String
}
