import CMongoc

/// What libmongoc or the server reports.
struct MongoFailure: Error {
  /// Whose fault it is, as far as it makes a difference to us.
  enum Kind: Hashable, Sendable {
    /// No server was found that could be asked: nothing was sent.
    case unreachable
    /// The connection broke, or the answer did not come in time: nobody knows what became of the command.
    case interrupted
    /// The server is not, or is no longer, the one that may do this: it is stepping down or shutting down.
    case notPrimary
    /// User name or password are wrong.
    case authentication
    /// The user may not do this.
    case unauthorized
    /// The server is too old for libmongoc or for us.
    case tooOld
    /// The server has done it, but too few of its replicas have confirmed that.
    case writeConcern
    /// A unique index has the value already.
    case duplicateKey
    /// An index like this one exists with other properties.
    case indexConflict
    /// The server has forgotten the cursor: nobody asked for ten minutes, or the session was ended.
    case cursorLost
    /// Another command of the same kind is in the way for a moment.
    case busy
    /// The server or libmongoc does not take the command.
    case refused
  }

  let kind: Kind
  let code: UInt32
  let message: String

  init(_ error: bson_error_t) {
    self.init(domain: error.domain, code: error.code, message: mongocMessage(error))
  }

  init(domain: UInt32, code: UInt32, message: String) {
    (kind, self.code, self.message) = (Self.kind(domain: domain, code: code), code, message)
  }

  static let outOfMemory = MongoFailure(domain: 0, code: 0, message: "out of memory")
  /// The answer does not say what became of every write.
  static let cutOff = MongoFailure(
    domain: MONGOC_ERROR_STREAM.rawValue, code: 0, message: "the answer does not cover everything that was sent")

  /// Whether the same command may succeed when it is sent again to whoever is the primary then.
  var isTransient: Bool { [.unreachable, .interrupted, .notPrimary, .busy].contains(kind) }

  /// Whether it is certain that nothing was done: no server was found, or it was not the primary to begin with. (One
  /// that stops being it may have begun.)
  var isUntouched: Bool { kind == .unreachable || [10058, 10107, 13435, 13436].contains(code) }

  private static func kind(domain: UInt32, code: UInt32) -> Kind {
    let badWireVersions = [
      MONGOC_ERROR_SERVER_SELECTION_BAD_WIRE_VERSION.rawValue, MONGOC_ERROR_PROTOCOL_BAD_WIRE_VERSION.rawValue,
    ]
    switch domain {
    case MONGOC_ERROR_SERVER_SELECTION.rawValue where code == badWireVersions[0]: return .tooOld
    case MONGOC_ERROR_PROTOCOL.rawValue where code == badWireVersions[1]: return .tooOld
    case MONGOC_ERROR_SERVER_SELECTION.rawValue: return .unreachable
    case MONGOC_ERROR_STREAM.rawValue, MONGOC_ERROR_PROTOCOL.rawValue: return .interrupted
    case MONGOC_ERROR_CLIENT.rawValue where code == MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue: return .authentication
    case MONGOC_ERROR_SCRAM.rawValue, MONGOC_ERROR_SASL.rawValue: return .authentication
    case MONGOC_ERROR_WRITE_CONCERN.rawValue: return .writeConcern
    // In the other domains the codes are libmongoc's own, and mean other things.
    case MONGOC_ERROR_SERVER.rawValue, MONGOC_ERROR_QUERY.rawValue, MONGOC_ERROR_CURSOR.rawValue:
      return kind(code: code)
    default: return .refused
    }
  }

  /// The server's codes
  /// (<https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml>); those of changing servers are the
  /// ones of the specification of retryable reads and writes.
  private static func kind(code: UInt32) -> Kind {
    switch code {
    case 18: .authentication
    case 13: .unauthorized
    case 6, 7, 89, 262, 9001: .interrupted
    case 91, 134, 189, 10058, 10107, 11600, 11602, 13435, 13436: .notPrimary
    case 64, 79, 100: .writeConcern
    case 11000, 11001, 12582: .duplicateKey
    case 85, 86: .indexConflict
    case 43, 175, 206, 237: .cursorLost
    case 112, 117, 12586: .busy
    default: .refused
    }
  }
}

/// The text of an error.
func mongocMessage(_ error: bson_error_t) -> String {
  withUnsafePointer(to: error) { String(cString: twin_bson_error_message($0)) }
}
