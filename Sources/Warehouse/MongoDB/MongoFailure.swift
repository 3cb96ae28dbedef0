import CMongoc

/// What libmongoc or the server reports.
struct MongoFailure: Error {
  let domain: UInt32
  let code: UInt32
  let message: String

  init(_ error: bson_error_t) {
    (domain, code, message) = (error.domain, error.code, bsonMessage(error))
  }

  /// Error code 11000 of the server: a unique index has the value already.
  static let duplicateKey: UInt32 = 11000
  var isDuplicateKey: Bool { code == Self.duplicateKey }

  /// The error as the warehouse reports it: whose fault it is, without what is secret.
  func error(location: String, operation: String, secret: String?) -> WarehouseError {
    let reason = secret.map { message.replacing($0, with: "***") } ?? message
    switch (domain, code) {
    case (MONGOC_ERROR_CLIENT.rawValue, MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue), (_, 18):
      return .authenticationFailed(location: location, reason: reason)
    case (MONGOC_ERROR_SERVER_SELECTION.rawValue, _), (MONGOC_ERROR_STREAM.rawValue, _):
      return .serverUnreachable(location: location, reason: reason)
    default:
      return .serverRefused(location: location, operation: operation, reason: reason)
    }
  }
}
