import BSON
import CMongoc

/// A parsed MongoDB URL with our defaults for what it does not say.
final class MongoURI {
  let pointer: OpaquePointer

  /// - Throws: ``WarehouseError/invalidURL(url:reason:)`` without anything secret.
  init(_ url: String, options: WarehouseOptions) throws {
    var error = bson_error_t()
    // The message of libmongoc is not passed on: it quotes parts of the URL, any of which may be the password.
    guard !url.utf8.contains(0), let pointer = mongoc_uri_new_with_error(url, &error) else {
      let reason =
        url.contains("@")
        ? "its user name, password or options are not well-formed; percent-encode their special characters"
        : "its hosts or options are not well-formed; a user name and password need an @ behind them"
      throw WarehouseError.invalidURL(url: withoutCredentials(url), reason: reason)
    }
    self.pointer = pointer
    let concern = mongoc_uri_get_write_concern(pointer)
    if mongoc_write_concern_get_w(concern) == MONGOC_WRITE_CONCERN_W_UNACKNOWLEDGED {
      throw WarehouseError.invalidURL(url: location, reason: "with w=0 nobody knows whether a document was stored")
    }
    setDefaults(options)
  }

  deinit { mongoc_uri_destroy(pointer) }

  var database: String {
    guard let name = mongoc_uri_get_database(pointer) else { return "twin" }
    return String(cString: name)
  }

  /// What may be printed.
  var address: MongoAddress { MongoAddress(location: location, secrets: secrets) }

  /// Whether writes are confirmed by a majority of the replicas.
  var waitsForMajority: Bool { mongoc_write_concern_get_wmajority(mongoc_uri_get_write_concern(pointer)) }

  /// Everything of the URL that must not be printed. Names of users are no secrets.
  private var secrets: [String] {
    var secrets: [String] = []
    if let password = mongoc_uri_get_password(pointer) { secrets.append(String(cString: password)) }
    if let text = mongoc_uri_get_string(pointer) { secrets += rawSecrets(in: String(cString: text)) }
    let options = mongoc_uri_get_options(pointer).flatMap { try? BSONDocument(copying: $0) } ?? [:]
    for element in options.elements where isSecret(option: element.key) {
      if case .string(let value) = element.value { secrets.append(value) }
    }
    let credentials = mongoc_uri_get_credentials(pointer).flatMap { try? BSONDocument(copying: $0) } ?? [:]
    if case .document(let properties) = credentials["mechanismproperties"] {
      for element in properties.elements where isSecret(option: element.key) {
        if case .string(let value) = element.value { secrets.append(value) }
      }
    }
    return secrets
  }

  /// Scheme, hosts and database.
  private var location: String {
    if let host = mongoc_uri_get_srv_hostname(pointer) {
      return "mongodb+srv://\(String(cString: host))/\(database)"
    }
    var hosts: [String] = []
    var host = mongoc_uri_get_hosts(pointer)
    while let current = host {
      hosts.append(
        withUnsafePointer(to: current.pointee.host_and_port) { tuple in
          tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
            String(cString: $0)
          }
        })
      host = UnsafePointer(current.pointee.next)
    }
    return withoutCredentials("mongodb://\(hosts.joined(separator: ","))/\(database)")
  }

  private func setDefaults(_ options: WarehouseOptions) {
    let selection = milliseconds(options.serverSelectionTimeout)
    setDefault(MONGOC_URI_SERVERSELECTIONTIMEOUTMS, selection)
    setDefault(MONGOC_URI_CONNECTTIMEOUTMS, min(selection, 10_000))
    // A reply that takes longer will not come; libmongoc's own default is five minutes.
    setDefault(MONGOC_URI_SOCKETTIMEOUTMS, 60_000)
    setDefault(MONGOC_URI_WAITQUEUETIMEOUTMS, 30_000)
    for option in [MONGOC_URI_RETRYWRITES, MONGOC_URI_RETRYREADS]
    where !mongoc_uri_has_option(pointer, option) {
      mongoc_uri_set_option_as_bool(pointer, option, true)
    }
    let concern = mongoc_uri_get_write_concern(pointer)
    if mongoc_write_concern_get_w(concern) == MONGOC_WRITE_CONCERN_W_DEFAULT {
      // What is acknowledged by a majority is not rolled back; wait for them for at most half a minute, or what the URL
      // says (wtimeoutMS).
      let majority = mongoc_write_concern_copy(concern)
      defer { mongoc_write_concern_destroy(majority) }
      let timeout = mongoc_write_concern_get_wtimeout(concern)
      mongoc_write_concern_set_wmajority(majority, timeout > 0 ? timeout : 30_000)
      mongoc_uri_set_write_concern(pointer, majority)
    }
  }

  private func setDefault(_ option: String, _ value: Int32) {
    if !mongoc_uri_has_option(pointer, option) { mongoc_uri_set_option_as_int32(pointer, option, value) }
  }
}

/// Whether an option of a URL, or a property of `authMechanismProperties`, is a secret.
private func isSecret(option: String) -> Bool {
  let name = option.lowercased()
  return ["password", "pwd", "token", "secret"].contains { name.contains($0) }
}

/// The secrets as the URL writes them, percent-encoded.
private func rawSecrets(in url: String) -> [String] {
  let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
  var secrets: [String] = []
  if let at = rest.lastIndex(of: "@"), let colon = rest[..<at].firstIndex(of: ":") {
    secrets.append(String(rest[rest.index(after: colon)..<at]))
  }
  for pair in rest.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
    let sides = pair.split(separator: "=", maxSplits: 1)
    guard sides.count == 2 else { continue }
    if isSecret(option: String(sides[0])) { secrets.append(String(sides[1])) }
    // The properties are pairs of their own: NAME:VALUE,NAME:VALUE.
    for property in sides[1].split(separator: ",") {
      let sides = property.split(separator: ":", maxSplits: 1)
      if sides.count == 2, isSecret(option: String(sides[0])) { secrets.append(String(sides[1])) }
    }
  }
  return secrets
}

private func milliseconds(_ duration: Duration) -> Int32 {
  let value = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
  return Int32(clamping: max(1, value))
}
