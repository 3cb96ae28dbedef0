public import Foundation

/// Placeholder.
public struct ResultCache: Sendable {
  /// Placeholder.
  public init(_ folder: URL, limit: Int = 4 << 30) {}
}
