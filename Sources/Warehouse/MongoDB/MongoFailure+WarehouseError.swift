extension MongoFailure {
  /// The error as the warehouse reports it: whose fault it is and what to do, without what is secret.
  ///
  /// - Parameter isWrite: whether a broken connection leaves it open if something was done.
  func error(address: MongoAddress, operation: String, isWrite: Bool = false) -> WarehouseError {
    let reason = address.redacted(message)
    let location = address.location
    return switch kind {
    case .unreachable: .serverUnreachable(location: location, reason: reason)
    case .interrupted where isWrite: .interrupted(location: location, operation: operation, reason: reason)
    case .interrupted: .serverUnreachable(location: location, reason: reason)
    case .notPrimary: .noPrimary(location: location, operation: operation, reason: reason)
    case .authentication: .authenticationFailed(location: location, reason: reason)
    case .unauthorized where !address.hasCredentials:
      .credentialsMissing(location: location, operation: operation, reason: reason)
    case .unauthorized: .unauthorized(location: location, operation: operation, reason: reason)
    case .tooOld: .serverTooOld(location: location, reason: reason)
    case .writeConcern: .notReplicated(location: location, operation: operation, reason: reason)
    case .duplicateKey, .indexConflict, .cursorLost, .busy, .refused:
      .serverRefused(location: location, operation: operation, reason: reason)
    }
  }
}
