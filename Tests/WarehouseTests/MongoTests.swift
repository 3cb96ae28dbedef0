import Domain
import Foundation
import TestSupport
import Testing

@testable import Warehouse

@Suite("MongoDB", .dropsDatabases) struct MongoTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let write: Int32
    let isAnswerLost: Bool
    var testDescription: String { "write \(write), \(isAnswerLost ? "answer" : "request") lost" }
  }

  @Test(
    arguments: [1, 2, 3].flatMap { [Fault(write: $0, isAnswerLost: true), Fault(write: $0, isAnswerLost: false)] })
  func `a connection that breaks in the middle of a batch doubles and loses nothing`(fault: Fault) async throws {
    let peer = try Peer()
    let warehouse = try await peer.open()
    let documents = (0..<250).map { article($0) }
    _ = try await warehouse.save(Array(documents[..<10]))
    try await peer.drop(atWrite: fault.write, isAnswerLost: fault.isAnswerLost)
    let outcomes = try await warehouse.save(documents)
    #expect(outcomes == documents.indices.map { $0 < 10 ? .unchanged : .inserted })
    let counts = try await peer.counts()
    #expect(counts["dropped"] == .int32(1))
    #expect(counts["replayed"] == .int32(fault.isAnswerLost ? 1 : 0))
    #expect(counts["executed"] == .int32(4))
    #expect(try await warehouse.collection(.articles).all().map(\.id) == documents.map(\.id).sorted())
  }

  @Test func `a server that keeps breaking off is an error, and saving again completes it`() async throws {
    let peer = try Peer()
    let warehouse = try await peer.open()
    let documents = (0..<250).map { article($0) }
    try await peer.drop(atWrite: 2, isAnswerLost: true, times: 2)
    let error = await #expect(throws: WarehouseError.self) { try await warehouse.save(documents) }
    guard case .serverUnreachable = error else { throw Unexpected("the error was \(String(describing: error))") }
    let outcomes = try await warehouse.save(documents)
    #expect(outcomes.count { $0 == .unchanged } == 200)
    #expect(outcomes.count { $0 == .inserted } == 50)
    #expect(try await warehouse.collection(.articles).count() == 250)
  }

  @Test func `a user is made once when the answer is lost`() async throws {
    let peer = try Peer()
    let warehouse = try await peer.open()
    try await peer.drop(atWrite: 1, isAnswerLost: true)
    #expect(try await warehouse.getOrCreate(ada) == ada)
    #expect(try await warehouse.users() == [ada])
    #expect(try await peer.counts()["replayed"] == .int32(1))
  }

  @Test func `a server that is down is an error that says what to do and no password`() async throws {
    let peer = try PeerServer("mongo_server.py")
    let port = peer.port
    peer.stop()
    var options = WarehouseOptions()
    options.serverSelectionTimeout = .milliseconds(200)
    let error = await #expect(throws: WarehouseError.self) {
      try await Warehouse.open("mongodb://ada:s3cr3t@127.0.0.1:\(port)/twin?authSource=hidden", options: options)
    }
    let text = try #require(error).description
    #expect(text.contains("mongodb://127.0.0.1:\(port)/twin does not answer"))
    #expect(text.contains("sqlite:data/twin.sqlite"))
    #expect(!text.contains("s3cr3t") && !text.contains("ada") && !text.contains("hidden"))
  }

  @Test func `a refused password is named as such and not printed`() async throws {
    let peer = try PeerServer("mongo_server.py")
    let error = await #expect(throws: WarehouseError.self) {
      try await Warehouse.open("mongodb://ada:s3cr3t@127.0.0.1:\(peer.port)/twin")
    }
    guard case .authenticationFailed = error else { throw Unexpected("the error was \(String(describing: error))") }
    #expect(error?.description.contains("s3cr3t") == false)
  }

  @Test(arguments: [
    "mongodb://ada:p@ss/w:rd@host/twin", "mongodb://ada:s3cr3t@", "mongodb://ada:s3cr3t@host/twin?w=0",
    "mongodb+srv://ada:s3cr3t@a,b/twin",
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

  @Test(arguments: TestStore.mongoStores)
  func `documents of others without a link are read`(store: TestStore) async throws {
    let test = try await store.make()
    let pool = try MongoClientPool(url: test.url, options: WarehouseOptions())
    try await pool.withClient("preparing") { client in
      try client.write(["insert": "posts", "documents": [foreign("1", link: nil), foreign("2", link: .null)]])
      try client.write(["insert": "posts", "documents": [foreign("3", link: .null), foreign("4", link: nil)]])
    }
    let warehouse = try await test.open()
    let posts = try await warehouse.collection(.posts).all()
    #expect(posts.map(\.id.uuidString) == ["1", "2", "3", "4"])
    #expect(posts[0].link == "urn:uuid:1")
    #expect(try await warehouse.save(posts) == Array(repeating: .unchanged, count: 4))
  }

  @Test(arguments: TestStore.mongoStores)
  func `an identifier that another program wrote differently is kept`(store: TestStore) async throws {
    let test = try await store.make()
    let id = "0E6F0B5F-6C3E-4BD4-9B1A-000000000001"
    let pool = try MongoClientPool(url: test.url, options: WarehouseOptions())
    try await pool.withClient("preparing") { client in
      try client.write(["insert": "articles", "documents": [foreign(id, link: .string(article(1).link))]])
    }
    let warehouse = try await test.open()
    #expect(try await warehouse.save([article(1)]) == [.updated])
    #expect(try await warehouse.save([article(1)]) == [.unchanged])
    let stored = try await pool.withClient("reading") { try $0.find([:], in: "articles") }
    #expect(stored.map { $0["_id"] } == [.string(id)])
  }

  @Test func `documents that already share a link are named when the warehouse is opened`() async throws {
    let peer = try Peer()
    try await peer.pool.withClient("preparing") { client in
      try client.write(["insert": "articles", "documents": [foreign("1", link: "x"), foreign("2", link: "x")]])
    }
    let error = await #expect(throws: WarehouseError.self) { try await peer.open() }
    guard case .duplicates(_, "articles", _) = error else {
      throw Unexpected("the error was \(String(describing: error))")
    }
  }

  @Test func `identifiers that are no strings are named when the warehouse is opened`() async throws {
    let peer = try Peer()
    try await peer.pool.withClient("preparing") { client in
      let document: BSONValue = ["_id": .objectID(Array(repeating: 7, count: 12)), "link": "x"]
      try client.write(["insert": "articles", "documents": [document]])
    }
    let error = await #expect(throws: WarehouseError.self) { try await peer.open() }
    #expect(error?.description.contains("its _id is of type object id instead of a string") == true)
  }

  @Test(arguments: TestStore.mongoStores)
  func `the Handbook's models load what is stored here`(store: TestStore) async throws {
    let test = try await store.make()
    let warehouse = try await test.open()
    _ = try await warehouse.getOrCreate(ada)
    let post = RawDocument(
      category: .posts, link: "https://example.com/posts/1", platform: "linkedin", author: ada, text: "A post.",
      image: "https://example.com/p.png", publishedAt: Date(timeIntervalSince1970: 1_700_000_000))
    _ = try await warehouse.save([post, article(1), article(2), fullDocument])
    let output = try await printed(
      by:
        testPython, packageRoot.appending(path: "Tests/Peers/handbook_reader.py").path, test.url)
    let counts = try JSONDecoder().decode([String: Int].self, from: Data(output.utf8))
    #expect(counts == ["users": 1, "posts": 1, "articles": 2, "repositories": 1])
  }

  @Test(arguments: TestStore.mongoStores)
  func `information names the server without credentials`(store: TestStore) async throws {
    let test = try await store.make()
    let information = try await test.open().information()
    #expect(information.kind == "MongoDB")
    #expect(information.version.contains("."))
    #expect(information.location.hasPrefix("mongodb") && !information.location.contains("@"))
  }
}

/// A peer of one test's own, whose faults are no other's.
private struct Peer {
  let server: PeerServer
  let url: String
  let pool: MongoClientPool

  init() throws {
    server = try PeerServer("mongo_server.py")
    url = "mongodb://127.0.0.1:\(server.port)/twin"
    pool = try MongoClientPool(url: url, options: WarehouseOptions())
  }

  func open() async throws -> Warehouse { try await Warehouse.open(url) }

  func drop(atWrite write: Int32, isAnswerLost: Bool, times: Int32 = 1) async throws {
    let command: BSONDocument = [
      "twinTestFault": 1, "dropAfterWrites": .int32(write), "beforeReply": .bool(isAnswerLost), "times": .int32(times),
    ]
    _ = try await pool.withClient("making a fault") { try $0.read(command) }
  }

  func counts() async throws -> BSONDocument {
    try await pool.withClient("counting") { try $0.read(["twinTestFault": 1]) }
  }
}

/// A post as other programs may have stored it.
private func foreign(_ id: String, link: BSONValue?) -> BSONValue {
  var document: BSONDocument = [
    "_id": .string(id), "content": ["Content": "text"], "platform": "linkedin", "author_id": .string(ada.id.uuidString),
    "author_full_name": "Ada Example",
  ]
  document["link"] = link
  return .document(document)
}

private func printed(by program: String, _ arguments: String...) async throws -> String {
  let result = try await run(program, arguments)
  guard result.status == 0 else { throw Unexpected("\(arguments[0]) failed: \(result)") }
  return result.output
}
