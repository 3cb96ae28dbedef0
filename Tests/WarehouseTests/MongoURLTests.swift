import CMongoc
import Testing

@testable import Warehouse

@Suite("MongoDB URLs") struct MongoURLTests {
  struct Refused: Sendable, CustomTestStringConvertible {
    let url: String
    let says: String
    var testDescription: String { url }
  }

  @Test(arguments: [
    Refused(url: "mongodb://h/db?tsl=true", says: "its option tsl is not known (did you mean tls?)"),
    Refused(url: "mongodb://h/db?retyrWrites=true", says: "did you mean retryWrites?"),
    Refused(url: "mongodb://h/db?w=majorty", says: "its option w is majorty (did you mean majority?)"),
    Refused(url: "mongodb://h/db?w=Majority", says: "did you mean majority?"),
    Refused(url: "mongodb://h/db?w=-1", says: "majority or a number of servers"),
    Refused(url: "mongodb://h/db?tls=yes", says: "its option tls must be true or false"),
    Refused(url: "mongodb://h/db?tls=", says: "its option tls must be true or false"),
    Refused(url: "mongodb://h/db?tls=true&tls=false", says: "its option tls stands twice"),
    Refused(url: "mongodb://h/db?tls=true&TLS=true", says: "its option tls stands twice"),
    Refused(url: "mongodb://h/db?S3cretX=1", says: "its option number 1 is not known"),
    Refused(url: "mongodb://h/db?tls=true&S3cretX", says: "its option number 2 has no ="),
    Refused(url: "mongodb://h/db?proxyHost=proxy", says: "its option proxyHost is not supported"),
    Refused(url: "mongodb://h/db?readPreference=secundary", says: "did you mean secondary?"),
    Refused(url: "mongodb://h/db?readConcernLevel=majorty", says: "did you mean majority?"),
    Refused(url: "mongodb://h/db?compressors=zstd,snapy", says: "did you mean snappy?"),
    Refused(url: "mongodb://h/db?readPreferenceTags=dc", says: "its option readPreferenceTags must be NAME:VALUE"),
    Refused(
      url: "mongodb://h/db?authMechanismProperties=TOKEN:S3cretX", says: "must be NAME:VALUE of AWS_SESSION_TOKEN"),
    Refused(url: "mongodb://h/db?socketTimeoutMS=99999999999", says: "must be a number from 0 to 2147483647"),
    Refused(url: "mongodb://h/db?heartbeatFrequencyMS=5", says: "must be a number from 500"),
    Refused(url: "mongodb://h/db?replicaSet=", says: "its option replicaSet has no value"),
    Refused(url: "mongodb://h/db?ssl=true&tls=false", says: "do not go together"),
    Refused(url: "mongodb://a,b/db?directConnection=true", says: "do not go together"),
    Refused(url: "mongodb://bob:S3cretX@127.0.0.1:99999/db", says: "its port is not a number from 1 to 65535."),
    Refused(url: "mongodb://bob:S3cretX@127.0.0.1:/db", says: "its port is not a number"),
    Refused(url: "mongodb://bob:S3cretX/db", says: "a user name and password need an @ behind them"),
    Refused(url: "mongodb://bob:S3cretX@:27017", says: "a host name is missing"),
    Refused(url: "mongodb://bob:S3cretX@", says: "a host name is missing"),
    Refused(url: "mongodb://bob:S3cretX@a,,b/db", says: "a host name is missing"),
    Refused(url: "mongodb://bob:S3cretX@a b/db", says: "no host name"),
    Refused(url: "mongodb://[::1/db", says: "no host name"),
    Refused(url: "mongodb://:S3cretX@h/db", says: "it has no user name before the @"),
    Refused(url: "mongodb+srv://bob:S3cretX@nosuch.invalid/db", says: "at least three parts"),
    Refused(url: "mongodb+srv://bob:S3cretX@a.b.c:1/db", says: "without a port"),
    Refused(url: "mongodb://bob:S3cretX@h/my.db", says: "the name of a database cannot have"),
    Refused(url: "mongodb://bob:S3cretX@h/a/b", says: "the name of a database cannot have"),
    Refused(url: "mongodb:/bob:S3cretX@h/a", says: "two slashes must follow mongodb:"),
    Refused(url: "mongodb://bob:S3cretX@h/a\n", says: "a control character or a line break"),
  ])
  func `what is wrong with a URL is named by its part`(refused: Refused) throws {
    let error = #expect(throws: WarehouseError.self) {
      try MongoURI(refused.url, options: WarehouseOptions())
    }
    let text = try #require(error).description
    #expect(text.contains(refused.says), "\(text)")
    #expect(!text.lowercased().contains("s3cretx"), "\(text)")
  }

  @Test(arguments: [
    ("Mongodb://ada:p%40ss@h:1/db", "mongodb://ada:p%40ss@h:1/db"), ("mongodb://h", "mongodb://h/"),
    ("mongodb://h?tls=true", "mongodb://h/?tls=true"), ("mongodb://a,b:2,[::1]:3/db?", "mongodb://a,b:2,[::1]:3/db"),
    ("mongodb://h/?TLS=TRUE&W=2&maxPoolSize=5&", "mongodb://h/?tls=TRUE&w=2"),
    ("mongodb://%2Ftmp%2Fmongodb-1.sock/db", "mongodb://%2Ftmp%2Fmongodb-1.sock/db"),
    ("mongodb+SRV://ada@c.example.net/db", "mongodb+srv://ada@c.example.net/db"),
    (
      "mongodb://h/?readPreference=nearest&readPreferenceTags=dc:ny&readPreferenceTags=",
      "mongodb://h/?readPreference=nearest&readPreferenceTags=dc:ny&readPreferenceTags="
    ),
    ("mongodb://h/?w=eachDataCentre&tlsCAFile=/etc/ca.pem", "mongodb://h/?w=eachDataCentre&tlsCAFile=/etc/ca.pem"),
    ("mongodb://ada:@h/", "mongodb://ada:@h/"),
  ])
  func `a URL that is right reaches libmongoc`(url: String, expected: String) throws {
    #expect(try MongoConnectionString(url).text == expected)
    _ = try MongoURI(expected, options: WarehouseOptions())
  }

  @Test func `every option that is heeded is one of libmongoc's`() throws {
    let values = [
      "w": "majority", "journal": "true", "authMechanism": "SCRAM-SHA-256", "readConcernLevel": "majority",
      "readPreference": "nearest", "readPreferenceTags": "dc:ny", "compressors": "zlib", "maxStalenessSeconds": "120",
      "authMechanismProperties": "SERVICE_NAME:mongodb", "zlibCompressionLevel": "5",
    ]
    for (name, kind) in MongoOptionKind.all where !MongoOptionKind.unheeded.contains(name) {
      let value: String
      switch kind {
      case .truth: value = "true"
      case .number: value = values[name] ?? "1000"
      case .text: value = "x"
      case .oneOf, .someOf, .servers, .pairs: value = values[name] ?? ""
      case .unsupported: continue
      }
      let near = name == "maxStalenessSeconds" || name == "readPreferenceTags" ? "readPreference=nearest&" : ""
      let scheme = name.hasPrefix("srv") ? "mongodb+srv" : "mongodb"
      let host = name.hasPrefix("srv") ? "a.b.example" : "h"
      #expect(throws: Never.self, "\(name)") {
        try MongoURI("\(scheme)://ada:pw@\(host)/db?\(near)\(name)=\(value)", options: WarehouseOptions())
      }
      let isKnown = [
        mongoc_uri_option_is_bool, mongoc_uri_option_is_int32, mongoc_uri_option_is_int64, mongoc_uri_option_is_utf8,
      ].contains { $0(name) }
      #expect(isKnown || Self.ofOtherKinds.contains(name), "\(name)")
    }
  }

  /// What libmongoc reads by themselves.
  private static let ofOtherKinds: Set = [
    "authMechanism", "authMechanismProperties", "authSource", "compressors", "gssapiServiceName", "readConcernLevel",
    "readPreferenceTags", "w",
  ]
}
