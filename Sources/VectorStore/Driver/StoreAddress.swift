import HTTP
import Storage

/// Where a store is, and what a driver needs to connect to it.
struct StoreAddress: Sendable {
  /// The setting, such as `sqlite:data/twin.sqlite`.
  var url: String
  /// The key for the server; never printed.
  var apiKey: String?
  /// The client that requests go through.
  var http: HTTPClient
  /// What the collections' names begin with.
  var prefix: String

  /// The part before the first colon, in lower case.
  var scheme: String { url.prefix { $0 != ":" }.lowercased() }

  /// The setting without user name, password and query, for messages: nothing to connect with, since of a malformed one
  /// rather too much is left out than too little.
  var display: String { redactedAddress(url) }
}
