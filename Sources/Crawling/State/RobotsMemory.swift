public import Domain

/// What a host said to crawlers, as it is kept from run to run.
public struct RobotsRecord: Codable, Hashable, Sendable {
  /// The last request for the host's robots.txt, and its answer.
  public var state: FetchState
  /// As much of the file as is read; empty if the host has none.
  public var text: String

  /// Makes a record; see the properties.
  public init(state: FetchState, text: String) {
    self.state = state
    self.text = text
  }
}

/// What hosts said in earlier runs.
public protocol RobotsMemory: Sendable {
  /// What was kept of a host; nil if nothing was.
  ///
  /// - Parameter origin: its scheme, name and port, such as `https://ada.example`.
  func robots(of origin: String) async throws -> RobotsRecord?
  /// Keeps it in the place of what was kept of the host before.
  func remember(_ record: RobotsRecord, of origin: String) async throws
}
