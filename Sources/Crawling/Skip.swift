/// Something that a crawler left out on purpose, such as a binary file or a share without words.
public struct Skip: Sendable, Hashable, Codable {
  /// What was left out: a path, a link, or a folder whose name ends in `/`.
  public var item: String
  /// Why, as a phrase.
  public var reason: String
  /// How many things that is: a folder of vendored files, or all bare reposts, are one entry.
  public var count: Int

  /// Makes an entry; see the properties.
  public init(item: String, reason: String, count: Int = 1) {
    self.item = item
    self.reason = reason
    self.count = count
  }
}
