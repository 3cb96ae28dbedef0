/// The name of a tag: what is known of it, and its hash, by which unknown names are told apart.
struct ElementName: Equatable {
  let tag: Tag
  let hash: NameHash

  /// The name with the hash of its bytes in lower case.
  init(_ hash: NameHash) {
    self.hash = hash
    tag = Tag.byName[hash] ?? .other
  }

  /// The name of a known element, for those that the page leaves out.
  init(_ tag: Tag) {
    self.tag = tag
    hash = NameHash(tag.rawValue.utf8)
  }

  static func == (left: ElementName, right: ElementName) -> Bool { left.hash == right.hash }
}
