extension GraphPicture {
  /// One arrow of a picture.
  public struct Edge: Codable, Sendable, Hashable {
    /// What travels along an edge.
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// A value as a whole.
      case value
      /// The items of a list, one at a time.
      case each
      /// The list of all that a fan-out made.
      case collect
      /// The names of the items that are gone since the last run.
      case removed
      /// Inputs that the step does without.
      case optional
      /// The choice of a variant.
      case choice
    }

    /// The id of the node that gives.
    public var from: String
    /// The id of the node that takes.
    public var to: String
    /// What travels.
    public var kind: Kind
    /// Whether it lies on the path that is picked out.
    public var isHighlighted: Bool

    /// An edge.
    public init(from: String, to: String, kind: Kind = .value, isHighlighted: Bool = false) {
      self.from = from
      self.to = to
      self.kind = kind
      self.isHighlighted = isHighlighted
    }

    enum CodingKeys: String, CodingKey {
      case from, to, kind
      case isHighlighted = "highlighted"
    }
  }
}
