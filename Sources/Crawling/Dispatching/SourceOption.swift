/// A key of a source's long form in the configuration that one crawler understands, such as `include: [papers/**]`.
public struct SourceOption: Sendable, Hashable {
  /// What its value must be.
  public enum Kind: Sendable, Hashable {
    /// `true` or `false`.
    case flag
    /// One text.
    case text
    /// A list of texts; one text is a list of one.
    case list
  }

  /// The key.
  public var name: String
  /// What its value must be.
  public var kind: Kind
  /// What it is for, in one line.
  public var summary: String

  /// Makes an option; see the properties.
  public init(_ name: String, _ kind: Kind, _ summary: String) {
    self.name = name
    self.kind = kind
    self.summary = summary
  }
}
