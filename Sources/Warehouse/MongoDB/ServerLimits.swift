import BSON

/// What a server takes, as its answer to `hello` says.
struct ServerLimits: Hashable, Sendable {
  /// The largest document, in bytes.
  let documentBytes: Int
  /// The largest message, in bytes, with everything about the documents in it.
  let messageBytes: Int
  /// The most writes of one command.
  let batchCount: Int
  /// The version of the protocol, which says what commands the server knows.
  let wireVersion: Int

  /// MongoDB 4.4, the first one that sorts on disk when the memory for it is full.
  static let leastWireVersion = 9
  /// MongoDB 6.0, which uses the disk without being told to.
  static let wireVersionThatSpills = 17

  /// Takes what is missing from the defaults of the protocol
  /// (<https://www.mongodb.com/docs/manual/reference/command/hello/>).
  init(hello: BSONDocument) {
    documentBytes = Self.positive(hello["maxBsonObjectSize"]) ?? 16 << 20
    messageBytes = Self.positive(hello["maxMessageSizeBytes"]) ?? 48_000_000
    batchCount = Self.positive(hello["maxWriteBatchSize"]) ?? 1000
    wireVersion = hello["maxWireVersion"]?.integer ?? 0
  }

  /// How many bytes of documents fit in one command beside the command itself, which has some hundred.
  var batchBytes: Int { max(messageBytes - 4096, messageBytes / 2) }

  private static func positive(_ value: BSONValue?) -> Int? {
    value?.integer.flatMap { $0 > 0 ? $0 : nil }
  }
}

extension BSONValue {
  /// A whole number of whatever type, as servers write them.
  var integer: Int? {
    switch self {
    case .int32(let number): Int(number)
    case .int64(let number): Int(number)
    case .double(let number): Int(exactly: number)
    default: nil
    }
  }
}
