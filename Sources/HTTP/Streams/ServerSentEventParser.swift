/// Reads server-sent events as the WHATWG HTML standard defines them (html.spec.whatwg.org, section 9.2.6).
///
/// A line ends with LF, CR or CRLF; a blank line ends an event; an event without data is dropped, and so is one that the
/// stream's end cuts off.
public struct ServerSentEventParser: StreamParser {
  /// The largest event, in bytes of its lines.
  public let maximumBytes: Int
  /// How long to wait before connecting anew, in milliseconds, if the stream said so.
  public private(set) var reconnectionTime: Int?

  private var line: [UInt8] = []
  private var isFirstLine = true
  private var endedWithCR = false
  private var type = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var lastEventID = ""
  private var eventBytes = 0

  /// Makes a parser at the beginning of a stream.
  public init(maximumBytes: Int = 1024 * 1024) { self.maximumBytes = maximumBytes }

  /// Takes the next bytes and gives the events that they complete.
  ///
  /// - Throws: ``HTTPError/streamItemTooLarge(limit:)``.
  public mutating func parse(_ bytes: [UInt8]) throws -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes {
      let followsCR = endedWithCR
      endedWithCR = false
      switch byte {
      case UInt8(ascii: "\n") where followsCR: continue
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        endedWithCR = byte == UInt8(ascii: "\r")
        if let event = endLine() { events.append(event) }
      default:
        line.append(byte)
        if eventBytes + line.count > maximumBytes { throw HTTPError.streamItemTooLarge(limit: maximumBytes) }
      }
    }
    return events
  }

  /// What has not been ended by a blank line is no event.
  public mutating func finish() -> [ServerSentEvent] { [] }

  private mutating func endLine() -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }
    }
    if line.isEmpty { return endEvent() }
    eventBytes += line.count
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      takeField(String(decoding: line, as: UTF8.self), [])
      return nil
    }
    var value = line[(colon + 1)...]
    if value.first == UInt8(ascii: " ") { value.removeFirst() }
    takeField(String(decoding: line[..<colon], as: UTF8.self), value)
    return nil
  }

  /// An unknown name, and the empty one of a comment, is ignored.
  private mutating func takeField(_ name: String, _ value: ArraySlice<UInt8>) {
    switch name {
    case "event": type = String(decoding: value, as: UTF8.self)
    case "data":
      if hasData { data.append(UInt8(ascii: "\n")) }
      data += value
      hasData = true
    case "id" where !value.contains(0): lastEventID = String(decoding: value, as: UTF8.self)
    case "retry" where value.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }):
      reconnectionTime = Int(String(decoding: value, as: UTF8.self)) ?? reconnectionTime
    default: break
    }
  }

  private mutating func endEvent() -> ServerSentEvent? {
    defer {
      type = ""
      data = []
      hasData = false
      eventBytes = 0
    }
    // The standard looks at the data with its line ends: one empty `data` field is an event, with empty data.
    guard hasData else { return nil }
    return ServerSentEvent(
      type: type.isEmpty ? "message" : type, data: String(decoding: data, as: UTF8.self), lastEventID: lastEventID)
  }
}
