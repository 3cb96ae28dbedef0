/// What a collection is wanted for.
enum CollectionUse: Hashable, Sendable {
  case reading
  case writing
}
