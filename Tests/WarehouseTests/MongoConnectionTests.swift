import BSON
import CMongoc
import Domain
import Foundation
import TestSupport
import Testing

@testable import Warehouse

@Suite("MongoDB connections", .timeLimit(.minutes(15))) struct MongoConnectionTests {
  private func opened(_ url: String, timeout: Duration = .milliseconds(300)) async throws -> Warehouse {
    var options = WarehouseOptions()
    options.serverSelectionTimeout = timeout
    return try await Warehouse.open(url, options: options)
  }

  private func failure(_ url: String) async -> WarehouseError? {
    await #expect(throws: WarehouseError.self) { try await opened(url) }
  }

  @Test func `the right password opens, the wrong one is named as such and not printed`() async throws {
    let server = try PeerServer("mongo_server.py", arguments: ["--user", "ada", "--password", "s3cr3t/@:%"])
    let host = "127.0.0.1:\(server.port)/twin?authSource=admin"
    let warehouse = try await opened("mongodb://ada:s3cr3t%2F%40%3A%25@\(host)", timeout: .seconds(5))
    #expect(try await warehouse.getOrCreate(ada) == ada)
    for user in ["ada:wr0ng%2Fsecret", "eve:wr0ng%2Fsecret"] {
      let error = await failure("mongodb://\(user)@\(host)")
      guard case .authenticationFailed = error else { throw Unexpected("the error was \(String(describing: error))") }
      let text = try #require(error).description
      #expect(!text.contains("wr0ng") && text.contains("Authentication failed. Correct"), "\(text)")
    }
    let error = await failure("mongodb://\(host)")
    guard case .credentialsMissing = error else { throw Unexpected("the error was \(String(describing: error))") }
    #expect(error?.description.contains("asks for a user name and password") == true)
  }

  @Test func `a user who may not do something is told which role is missing`() throws {
    let failure = MongoFailure(domain: MONGOC_ERROR_SERVER.rawValue, code: 13, message: "not authorized on twin.")
    let address = MongoAddress(location: "mongodb://host/twin", secrets: [], hasCredentials: true)
    let text = failure.error(address: address, operation: "reading").description
    #expect(text.contains("not authorized on twin. Give the user the role readWrite"), "\(text)")
  }

  @Test func `TLS is spoken with who has a certificate that is trusted`() async throws {
    let folder = try TemporaryFolder()
    let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"))
    let openssl = try runBlocking(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
      ])
    try #require(openssl.status == 0, "\(openssl)")
    let server = try PeerServer("mongo_server.py", arguments: ["--tls", certificate, key])
    let url = "mongodb://localhost:\(server.port)/twin"
    let warehouse = try await opened("\(url)?tls=true&tlsCAFile=\(certificate)", timeout: .seconds(5))
    #expect(try await warehouse.save([article(1)]) == [.inserted])
    for options in ["?tls=true", ""] {
      let error = await failure(url + options)
      guard case .serverUnreachable = error else { throw Unexpected("the error was \(String(describing: error))") }
    }
  }

  @Test func `a server that is down is an error that says what to do and no password`() async throws {
    let peer = try PeerServer("mongo_server.py")
    let port = peer.port
    peer.stop()
    let text = try #require(await failure("mongodb://ada:s3cr3t@127.0.0.1:\(port)/twin?authSource=hidden")).description
    #expect(text.contains("mongodb://127.0.0.1:\(port)/twin does not answer"))
    #expect(text.contains("sqlite:data/twin.sqlite"))
    #expect(!text.contains("s3cr3t") && !text.contains("ada") && !text.contains("hidden"))
  }

  @Test func `a server that is too old is named as such`() async throws {
    let server = try PeerServer("mongo_server.py", arguments: ["--wire", "8"])
    let error = await failure("mongodb://127.0.0.1:\(server.port)/twin")
    guard case .serverTooOld = error else { throw Unexpected("the error was \(String(describing: error))") }
    #expect(error?.description.contains("Update it to MongoDB 4.4") == true)
  }

  @Test(
    arguments: [
      (13, "credentialsMissing"), (10107, "noPrimary"), (189, "noPrimary"), (91, "noPrimary"), (59, "serverRefused"),
    ]
  )
  func `what a server answers is told by whose fault it is`(code: Int, expected: String) async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    try await peer.fail(["find", "aggregate", "insert"], code: code)
    let recipes = warehouse.collection(Recipe.self)
    for operation in [
      { _ = try await recipes.all() }, { _ = try await recipes.count() },
      { _ = try await recipes.save([Recipe(1)]) }, { _ = try await recipes.insert([Recipe(1)]) },
    ] as [@Sendable () async throws -> Void] {
      do {
        try await operation()
        // An insertion that the server may have begun is an outcome of each document.
        #expect(expected == "noPrimary")
      } catch let error as WarehouseError {
        #expect("\(Mirror(reflecting: error).children.first?.label ?? "")" == expected, "\(error)")
      }
    }
  }

  @Test func `a read preference holds for readings, and not for what is decided on`() async throws {
    let peer = try MongoPeer()
    let recipes = try await opened("\(peer.url)?readPreference=secondaryPreferred", timeout: .seconds(5))
      .collection(Recipe.self)
    #expect(try await recipes.save([Recipe(1)]) == [.inserted])
    // To a server that is asked directly, libmongoc says primaryPreferred instead of primary.
    #expect(try await peer.mode("find") == "primaryPreferred")
    #expect(try await recipes.all() == [Recipe(1)])
    #expect(try await peer.mode("find") == "secondaryPreferred")
    #expect(try await recipes.count() == 1)
    #expect(try await peer.mode("aggregate") == "secondaryPreferred")
  }

  @Test func `a primary that steps down for a moment is waited for`() async throws {
    let peer = try MongoPeer()
    let recipes = try await peer.open().collection(Recipe.self)
    _ = try await recipes.save([])
    try await peer.fail(["insert"], code: 189, times: 3)
    #expect(try await recipes.insert([Recipe(1), Recipe(2)]) == [.inserted, .inserted])
    try await peer.fail(["find"], code: 11602, times: 3)
    #expect(try await recipes.all().count == 2)
    try await peer.fail(["insert"], code: 10107, times: 3)
    #expect(try await recipes.save([Recipe(3)]) == [.inserted])
  }

  @Test(arguments: [
    "mongodb://ada:p@ss/w:rd@host/twin", "mongodb://ada:s3cr3t@", "mongodb://ada:s3cr3t@host/twin?w=0",
    "mongodb+srv://ada:s3cr3t@a,b/twin", "mongodb://ada:s3cr3t/twin", "mongodb:ada:s3cr3t",
    "postgres://ada:s3cr3t@host/twin?password=s3cr3t", "mongdb://host/twin", "twin.sqlite", "sqlite:",
    "sqlite::memory:",
  ])
  func `a URL that cannot be used is refused without its password`(url: String) async throws {
    let error = await #expect(throws: WarehouseError.self) { try await Warehouse.open(url) }
    let text = try #require(error).description
    #expect(text.contains("sqlite:PATH"))
    #expect(!text.contains("s3cr3t") && !text.contains("p@ss") && !text.contains("w:rd"))
    if url.hasPrefix("mongdb") { #expect(text.contains("did you mean mongodb?")) }
  }

  @Test(arguments: [
    "mongodb://bob:p@S3cretX@127.0.0.1:1/db", "mongodb://bob:S3cretX@x@127.0.0.1:1/db",
    "mongodb://bob:p/S3cretX@127.0.0.1:1/db", "mongodb://bob:123/4S3cretX@127.0.0.1:1/db",
    "mongodb://bob:1?S3cretX@127.0.0.1:1/db", "mongodb://bob:p:S3cretX@127.0.0.1:1/db",
    "mongodb://bob:p#S3cretX@127.0.0.1:1/db", "mongodb://bob:%S3cretX@127.0.0.1:1/db",
    "mongodb://127.0.0.1:1/db?tlsCertificateKeyFilePassword=p@S3cretX",
  ])
  func `what must be percent-encoded is refused before anything is looked up`(url: String) async throws {
    let error = try #require(await failure(url))
    guard case .invalidURL(_, let reason) = error else { throw Unexpected("the error was \(error)") }
    #expect(reason.contains("percent-encode"))
    #expect(!error.description.lowercased().contains("s3cretx"), "\(error)")
  }

  @Test func `messages lose their secrets in any letter case, and keep their words`() {
    let address = MongoAddress(location: "", secrets: ["p", "ir", "S3cretX", "é(+)"], hasCredentials: true)
    #expect(address.redacted("cannot resolve s3cretx: it expired.") == "cannot resolve ***: it expired")
    #expect(address.redacted("S3CRETX é(+) é(") == "*** *** é(")
  }

  @Test func `no error ever shows a secret, wherever the URL has it`() async throws {
    let server = try PeerServer("mongo_server.py")
    let port = server.port
    server.stop()
    var random = SeededGenerator(seed: 5)
    let odd = Array("@/:?#%&=,;[]<>\"'+ é\\")
    for _ in 0..<400 {
      // Six letters in a row that occur nowhere else, between characters that have a meaning in URLs.
      let core = "Zq" + String((0..<4).map { _ in "xkvwj".randomElement(using: &random) ?? "x" })
      var secret = core
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let character = odd.randomElement(using: &random) ?? "@"
        secret = Bool.random(using: &random) ? secret + String(character) + core : String(character) + secret
      }
      // It may begin like a port, or like anything else.
      let start = String(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in "0189@/:?pm".randomElement(using: &random) ?? "0" })
      secret = start + secret
      let encoded = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? core
      let text = Bool.random(using: &random) ? secret : encoded
      let host = Bool.random(using: &random) ? "127.0.0.1:\(port)" : "[::1]:\(port)"
      let urls = [
        "mongodb://ada:\(text)@\(host)/twin", "mongodb://ada:\(text)@\(host)", "mongodb://:\(text)@\(host)/?ssl=maybe",
        "mongodb://ada:\(text)@\(host)/twin?authMechanism=\(text)&w=0", "mongodb://ada:x\(encoded)",
        "mongodb://\(host)/twin?tls=true&tlsCertificateKeyFilePassword=\(text)",
        "mongodb://u:p@\(host)/?authMechanism=MONGODB-AWS&authMechanismProperties=AWS_SESSION_TOKEN:\(text)",
        "mongodb://ada:\(text)@\(host)/twin?w=0", "mongodb://ada:\(text)@\(host)/twin?socketTimeoutMS=\(text)",
        "mongodb+srv://ada:\(text)@\(host)/twin", "mongodb:ada:\(text)@\(host)", "mongo://ada:\(text)@\(host)/twin",
        "ada:\(text)@\(host)",
      ]
      let url = urls.randomElement(using: &random) ?? urls[0]
      var options = WarehouseOptions()
      options.serverSelectionTimeout = .milliseconds(1)
      do {
        _ = try await Warehouse.open(url, options: options)
        Issue.record("\(url) was opened")
      } catch {
        #expect(!"\(error)".lowercased().contains(core.lowercased()), "\(url): \(error)")
        #expect(error is WarehouseError)
      }
    }
  }
}
