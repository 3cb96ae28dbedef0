/// The bounds on what is read of arXiv.
public struct ArXivLimits: Sendable, Hashable, Codable {
  /// The most papers of one query, the newest first. 200.
  public var papers = 200
  /// The most bytes of one PDF. 64 MiB.
  public var pdfBytes = 64 << 20

  /// The defaults.
  public init() {}
}
