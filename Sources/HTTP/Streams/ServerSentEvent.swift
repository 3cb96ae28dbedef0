/// One event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Hashable {
  /// Its type; `message` unless the stream names one.
  public var type: String
  /// Its data; lines are joined with LF.
  public var data: String
  /// The last id that the stream named up to this event; empty if none.
  public var lastEventID: String

  /// Makes an event; see the properties.
  public init(type: String = "message", data: String, lastEventID: String = "") {
    self.type = type
    self.data = data
    self.lastEventID = lastEventID
  }
}
