import CMongoc

/// A parsed MongoDB URL with our defaults for what it does not say.
final class MongoURI {
  let pointer: OpaquePointer
  private let text: MongoConnectionString

  /// - Parameter isPatient: whether an answer is awaited for ``WarehouseOptions/longCommandTimeout``.
  /// - Throws: ``WarehouseError/invalidURL(url:reason:)`` without anything secret.
  init(_ url: String, options: WarehouseOptions, isPatient: Bool = false) throws {
    text = try MongoConnectionString(url)
    var error = bson_error_t()
    guard let pointer = mongoc_uri_new_with_error(text.text, &error) else {
      // Every part is well-formed by itself, so the message is about options that do not go together.
      let safe = MongoAddress(location: "", secrets: text.secrets, hasCredentials: text.hasCredentials)
      throw WarehouseError.invalidURL(
        url: withoutCredentials(url), reason: "its parts do not go together: \(safe.redacted(mongocMessage(error)))")
    }
    self.pointer = pointer
    let concern = mongoc_uri_get_write_concern(pointer)
    if mongoc_write_concern_get_w(concern) == MONGOC_WRITE_CONCERN_W_UNACKNOWLEDGED {
      throw WarehouseError.invalidURL(url: location, reason: "with w=0 nobody knows whether a document was stored")
    }
    setDefaults(options)
    let timeout = mongoc_uri_get_option_as_int32(pointer, MONGOC_URI_SOCKETTIMEOUTMS, 0)
    // Zero, if the URL says so, is to wait for ever.
    if isPatient, timeout > 0 {
      mongoc_uri_set_option_as_int32(
        pointer, MONGOC_URI_SOCKETTIMEOUTMS, max(timeout, milliseconds(options.longCommandTimeout)))
    }
  }

  deinit { mongoc_uri_destroy(pointer) }

  var database: String {
    guard let name = mongoc_uri_get_database(pointer) else { return "twin" }
    return String(cString: name)
  }

  /// What may be printed.
  var address: MongoAddress {
    MongoAddress(location: location, secrets: text.secrets, hasCredentials: text.hasCredentials)
  }

  /// Whether writes are confirmed by a majority of the replicas.
  var waitsForMajority: Bool { mongoc_write_concern_get_wmajority(mongoc_uri_get_write_concern(pointer)) }

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
    // What takes longer has connections of its own, or will not come; libmongoc's own default is five minutes.
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

private func milliseconds(_ duration: Duration) -> Int32 {
  let value = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
  return Int32(clamping: max(1, value))
}
