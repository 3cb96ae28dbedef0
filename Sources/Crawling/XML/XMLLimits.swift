/// The bounds on XML documents; libxml2 has others of its own, such as 256 levels.
struct XMLLimits: Sendable, Hashable {
  /// The most attributes of a tag. libxml2 compares each with all others.
  var attributes = 500
  /// The most elements of a document; of an item one tenth of it.
  var elements = 1_000_000
}
