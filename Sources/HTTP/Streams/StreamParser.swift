/// Reads items out of bytes that come in pieces of any length; a plain value, so that it can be tested without a server.
public protocol StreamParser: Sendable {
  /// What is read.
  associatedtype Element: Sendable

  /// Takes the next bytes and gives the items that they complete.
  ///
  /// - Throws: ``HTTPError/streamItemTooLarge(limit:)``.
  mutating func parse(_ bytes: [UInt8]) throws -> [Element]

  /// Takes the end of the stream and gives what it completes.
  mutating func finish() throws -> [Element]
}
