import Domain

/// What values an option of a MongoDB URL has.
enum MongoOptionKind {
  case truth
  case number(ClosedRange<Int>)
  case text
  case oneOf([String])
  /// Some of them, separated by commas.
  case someOf([String])
  /// A number of servers, `majority`, or the name of a rule of the replica set.
  case servers
  /// NAME:VALUE, separated by commas; any names if there are none here.
  case pairs([String])
  /// A change of what is done that libmongoc does not make.
  case unsupported

  /// All options that are known
  /// (<https://github.com/mongodb/specifications/blob/master/source/uri-options/uri-options.md>, and libmongoc's own:
  /// <https://mongoc.org/libmongoc/current/mongoc_uri_t.html>). Of equally near names the first one is suggested.
  static let all: [(name: String, kind: MongoOptionKind)] = [
    ("tls", .truth), ("ssl", .truth), ("tlsAllowInvalidCertificates", .truth), ("tlsAllowInvalidHostnames", .truth),
    ("tlsCAFile", .text), ("tlsCertificateKeyFile", .text), ("tlsCertificateKeyFilePassword", .text),
    ("tlsDisableCertificateRevocationCheck", .truth), ("tlsDisableOCSPEndpointCheck", .truth), ("tlsInsecure", .truth),
    ("sslAllowInvalidCertificates", .truth), ("sslAllowInvalidHostnames", .truth),
    ("sslCertificateAuthorityFile", .text), ("sslClientCertificateKeyFile", .text),
    ("sslClientCertificateKeyPassword", .text),
    ("authMechanism", .oneOf(["SCRAM-SHA-1", "SCRAM-SHA-256", "MONGODB-X509", "MONGODB-AWS", "PLAIN", "GSSAPI"])),
    (
      "authMechanismProperties",
      .pairs(["AWS_SESSION_TOKEN", "CANONICALIZE_HOST_NAME", "SERVICE_HOST", "SERVICE_NAME", "SERVICE_REALM"])
    ),
    ("authSource", .text), ("canonicalizeHostname", .truth), ("gssapiServiceName", .text),
    ("w", .servers), ("journal", .truth), ("wtimeoutMS", .milliseconds), ("retryWrites", .truth),
    ("retryReads", .truth),
    ("readPreference", .oneOf(["primary", "primaryPreferred", "secondary", "secondaryPreferred", "nearest"])),
    ("readPreferenceTags", .pairs([])), ("maxStalenessSeconds", .number(-1...1_000_000_000)),
    ("readConcernLevel", .oneOf(["local", "majority", "linearizable", "available", "snapshot"])),
    ("replicaSet", .text), ("directConnection", .truth), ("loadBalanced", .truth), ("srvServiceName", .text),
    ("srvMaxHosts", .count), ("appName", .text), ("compressors", .someOf(["snappy", "zlib", "zstd", "noop"])),
    ("zlibCompressionLevel", .number(-1...9)), ("connectTimeoutMS", .milliseconds), ("socketTimeoutMS", .milliseconds),
    ("socketCheckIntervalMS", .milliseconds), ("serverSelectionTimeoutMS", .milliseconds),
    ("serverSelectionTryOnce", .truth), ("heartbeatFrequencyMS", .number(500...Int(Int32.max))),
    ("localThresholdMS", .milliseconds), ("waitQueueTimeoutMS", .milliseconds), ("maxPoolSize", .count),
    ("minPoolSize", .count), ("maxIdleTimeMS", .milliseconds), ("maxConnecting", .count),
    ("waitQueueMultiple", .count), ("serverMonitoringMode", .oneOf(["auto", "poll", "stream"])),
    ("uuidRepresentation", .text), ("timeoutMS", .unsupported), ("proxyHost", .unsupported),
    ("proxyPort", .unsupported), ("proxyUsername", .unsupported), ("proxyPassword", .unsupported),
    ("slaveOk", .unsupported), ("safe", .unsupported), ("connect", .unsupported),
  ]

  /// What other drivers' URLs may say and nothing that is stored or read depends on: the pool has the size that it needs,
  /// and identifiers are text.
  static let unheeded: Set = [
    "maxPoolSize", "minPoolSize", "maxIdleTimeMS", "maxConnecting", "waitQueueMultiple", "serverMonitoringMode",
    "uuidRepresentation",
  ]

  private static let milliseconds = MongoOptionKind.number(0...Int(Int32.max))
  private static let count = MongoOptionKind.number(0...1_000_000)

  /// What the value must be instead; nil if it is one. The value is quoted only where it is nearly a word that is known.
  func flaw(of value: String) -> String? {
    switch self {
    case .truth:
      return ["true", "false"].contains(value.lowercased()) ? nil : "must be true or false"
    case .number(let range):
      return Int(value).map(range.contains) ?? false
        ? nil : "must be a number from \(range.lowerBound) to \(range.upperBound)"
    case .text:
      return value.isEmpty ? "has no value" : nil
    case .oneOf(let words):
      return words.contains { $0.lowercased() == value.lowercased() }
        ? nil : "must be one of \(list(words, near: value))"
    case .someOf(let words):
      let unknown = value.split(separator: ",", omittingEmptySubsequences: false).first { !words.contains(String($0)) }
      return unknown.map { "must be some of \(list(words, near: String($0))), separated by commas" }
    case .servers:
      if let number = Int(value) { return number >= 0 ? nil : "must be majority or a number of servers" }
      if value.isEmpty { return "must be majority or a number of servers" }
      // Any other name may be one of the replica set's settings (getLastErrorModes); the server refuses unknown ones.
      let isMisspelt = value != "majority" && nearestName(to: value, in: ["majority"]) != nil
      return isMisspelt ? "is \(value) (did you mean majority?)" : nil
    case .pairs(let names):
      let isRight = value.split(separator: ",").allSatisfy { pair in
        let sides = pair.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return sides.count == 2 && (names.isEmpty || names.contains(sides[0].uppercased()))
      }
      return isRight ? nil : "must be NAME:VALUE\(names.isEmpty ? "" : " of \(names.joined(separator: ", "))")"
    case .unsupported:
      return "is not supported; leave it out"
    }
  }

  private func list(_ words: [String], near value: String) -> String {
    words.joined(separator: ", ") + (nearestName(to: value, in: words).map { " (did you mean \($0)?)" } ?? "")
  }
}
