/// The bounds on reading a PDF file.
public struct PDFLimits: Sendable, Hashable, Codable {
  /// How long it may take, in seconds. 60.
  public var seconds = 60.0

  /// The defaults.
  public init() {}
}
