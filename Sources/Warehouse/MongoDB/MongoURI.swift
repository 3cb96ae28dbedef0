import CMongoc

/// A parsed MongoDB URL with our defaults for what it does not say.
final class MongoURI {
  let pointer: OpaquePointer

  /// - Throws: ``WarehouseError/invalidURL(url:reason:)`` without anything secret.
  init(_ url: String, options: WarehouseOptions) throws {
    var error = bson_error_t()
    guard let pointer = mongoc_uri_new_with_error(url, &error) else {
      // The message may quote a part of the URL, which may be the password.
      let reason =
        url.contains("@")
        ? "its user name, password or options are not well-formed; percent-encode their special characters"
        : bsonMessage(error)
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

  var password: String? {
    mongoc_uri_get_password(pointer).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Scheme, hosts and database.
  var location: String {
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
    return "mongodb://\(hosts.joined(separator: ","))/\(database)"
  }

  private func setDefaults(_ options: WarehouseOptions) {
    let selection = milliseconds(options.serverSelectionTimeout)
    setDefault(MONGOC_URI_SERVERSELECTIONTIMEOUTMS, selection)
    setDefault(MONGOC_URI_CONNECTTIMEOUTMS, min(selection, 10_000))
    // A reply that takes longer will not come; libmongoc's own default is five minutes.
    setDefault(MONGOC_URI_SOCKETTIMEOUTMS, 60_000)
    setDefault(MONGOC_URI_WAITQUEUETIMEOUTMS, 30_000)
    if !mongoc_uri_has_option(pointer, MONGOC_URI_RETRYWRITES) {
      mongoc_uri_set_option_as_bool(pointer, MONGOC_URI_RETRYWRITES, true)
    }
    // What is saved is compared with what is stored now, not with what a secondary has heard of.
    let primary = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
    defer { mongoc_read_prefs_destroy(primary) }
    mongoc_uri_set_read_prefs_t(pointer, primary)
    let concern = mongoc_uri_get_write_concern(pointer)
    if mongoc_write_concern_get_w(concern) == MONGOC_WRITE_CONCERN_W_DEFAULT {
      // What is acknowledged by a majority is not rolled back; wait for them for at most half a minute.
      let majority = mongoc_write_concern_new()
      defer { mongoc_write_concern_destroy(majority) }
      mongoc_write_concern_set_wmajority(majority, 30_000)
      mongoc_uri_set_write_concern(pointer, majority)
    }
  }

  private func setDefault(_ option: String, _ value: Int32) {
    if !mongoc_uri_has_option(pointer, option) { mongoc_uri_set_option_as_int32(pointer, option, value) }
  }
}

private func milliseconds(_ duration: Duration) -> Int32 {
  let value = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
  return Int32(clamping: max(1, value))
}
