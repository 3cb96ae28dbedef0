/// The bounds that a page may not exceed, each chosen so that real pages stay far below it.
public struct ExtractionLimits: Sendable, Equatable {
  /// The most bytes of HTML that are parsed; a longer page is refused.
  public var bytes: Int
  /// The most nodes (elements and texts) of the parsed tree; what comes after is left out.
  public var nodes: Int
  /// The deepest nesting that is kept; what nests deeper is attached to the element at this depth.
  public var depth: Int

  /// Bounds; the defaults fit the largest real pages with room to spare.
  public init(bytes: Int = 32 << 20, nodes: Int = 500_000, depth: Int = 256) {
    self.bytes = bytes
    self.nodes = nodes
    self.depth = depth
  }
}
