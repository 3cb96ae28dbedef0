import Domain
import Foundation
import HTTP
import TestSupport
import Testing

@testable import Crawling

@Suite struct `A user or an organisation on GitHub` {
  let folder: TemporaryFolder
  let server: ToldServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try ToldServer.gitHub()
  }

  /// Crawls; the repositories that the server names are folders of the test's.
  private func crawl(
    _ link: String = "https://github.com/ada", options: [String: [String]] = [:], token: String? = nil,
    later seconds: Double = 0
  ) async throws -> CrawlOutcome {
    let folder = folder
    let gitHub = GitHubInterface(root: server.origin) { try RepositoryLocation(folder.path($0)) }
    var context = context(folder, attempts: 2)
    context.gitHubToken = token
    context.date += seconds
    return try await RepositoryCrawler(gitHub: gitHub).crawl(
      CrawlSource(link, options: options), author: ada, context: context, remembering: memory)
  }

  @Test func `stands for its repositories, page by page, and asks again only for what may have changed`() async throws {
    let names = ["engine", "mill", "wheel"]
    for name in names { _ = try TestRepository(in: folder, named: "ada/\(name)", files: ["\(name).txt": "x\n"]) }
    try server.tell(names.map { #""full_name": "ada/\#($0)""# }, also: #""page": 2"#)
    let first = try await crawl()
    #expect(first.documents.map(\.path) == ["engine.txt", "mill.txt", "wheel.txt"])
    #expect(first.isExhaustive && first.failures.isEmpty)
    #expect(try server.requests().map(\.status) == [200, 200, 200])
    #expect(try server.requests().allSatisfy { $0.authorization == nil })
    try server.forget()
    let writes = await memory.writes
    let again = try await crawl()
    #expect(again.documents.isEmpty && again.unchanged.count == 3 && again.isExhaustive)
    #expect(try server.requests().map(\.status) == [304, 304, 304])
    #expect(await memory.writes == writes)
  }

  @Test func `gives what changed of one repository, and knows what is gone of it`() async throws {
    let engine = try TestRepository(in: folder, named: "ada/engine", files: ["a.txt": "a\n", "b.txt": "b\n"])
    _ = try TestRepository(in: folder, named: "ada/mill", files: ["c.txt": "c\n"])
    try server.tell([#""full_name": "ada/engine""#, #""full_name": "ada/mill""#, #""full_name": "ada/missing""#])
    #expect(try await crawl().documents.count == 3)
    try folder.write("aa\n", to: "ada/engine/a.txt")
    try FileManager.default.removeItem(atPath: engine.path + "/b.txt")
    try engine.commit()
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.path) == ["a.txt"])
    // Though another repository failed.
    #expect(outcome.gone == ["file://\(engine.path)#b.txt"] && outcome.failures.count == 1)
    #expect(outcome.unchanged == ["file://\(folder.path("ada/mill"))#c.txt"])
    #expect(!outcome.isExhaustive)
  }

  @Test func `loses a repository that its list has no more, and reads one whose file is stored no more`() async throws {
    let engine = try TestRepository(in: folder, named: "ada/engine", files: ["a.txt": "a\n", "b.txt": "b\n"])
    _ = try TestRepository(in: folder, named: "ada/mill", files: ["c.txt": "c\n"])
    try server.tell([#""full_name": "ada/engine""#, #""full_name": "ada/mill""#])
    _ = try await crawl()
    try server.tell([#""full_name": "ada/engine""#])
    await memory.delete("file://\(engine.path)#b.txt")
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.path) == ["b.txt"] && outcome.unchanged == ["file://\(engine.path)#a.txt"])
    // All of the list was seen, so that what is of no repository is gone.
    #expect(outcome.isExhaustive && outcome.gone.isEmpty)
  }

  @Test func `is spared a repository that fails again and again`() async throws {
    _ = try TestRepository(in: folder, named: "ada/engine", files: ["a.txt": "a\n"])
    try server.tell([#""full_name": "ada/missing""#, #""full_name": "ada/engine""#])
    let first = try await crawl()
    #expect(first.documents.count == 1)
    #expect(first.failures.map(\.item) == ["file://\(folder.path("ada/missing"))"])
    #expect(first.failures.allSatisfy { $0.message.contains("git says") && $0.nextTry == nil })
    let second = try #require(try await crawl().failures.first)
    #expect(second.attempts == 1 && second.nextTry != nil)
    let third = try #require(try await crawl(later: 60).failures.first)
    #expect(third.attempts == 0 && third.message.contains("git says"))
    #expect(try await crawl(later: 3700).failures.first?.attempts == 1)
  }

  @Test func `leaves forks and what is archived out, unless they are asked for`() async throws {
    for name in ["engine", "fork", "old"] {
      _ = try TestRepository(in: folder, named: "ada/\(name)", files: ["\(name).txt": "x\n"])
    }
    try server.tell([
      #""full_name": "ada/engine""#, #""full_name": "ada/fork", "fork": true"#,
      #""full_name": "ada/old", "archived": true"#, #""full_name": "ada/off", "disabled": true"#,
      #""full_name": "eve/other""#, #""full_name": "ada/../../etc""#, #""full_name": "ada/--upload-pack=id""#,
    ])
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.path) == ["engine.txt"] && outcome.failures.isEmpty)
    let reasons = Dictionary(outcome.skipped.map { ($0.item, $0.reason) }) { first, _ in first }
    #expect(reasons["ada/fork"]?.hasPrefix("a fork") == true && reasons["ada/old"]?.hasPrefix("archived") == true)
    #expect(reasons["ada/off"]?.hasPrefix("disabled") == true)
    for name in ["eve/other", "ada/../../etc", "ada/--upload-pack=id"] {
      #expect(reasons[name] == "it belongs to another account", "\(name)")
    }
    let all = try await crawl(options: ["forks": ["true"], "archived": ["true"]])
    #expect(all.documents.map(\.path) == ["engine.txt", "fork.txt", "old.txt"])
  }

  @Test func `is asked for with a token that goes nowhere else`() async throws {
    for name in ["engine", "secret"] {
      _ = try TestRepository(in: folder, named: "ada/\(name)", files: ["\(name).txt": "x\n"])
    }
    let repositories = #"[{"full_name": "ada/engine"}, {"full_name": "ada/secret", "private": true}]"#
    for (type, login) in [("Organization", "eve"), ("User", "ada")] {
      try server.tell(
        #"{"accounts": {"ada": {"type": "\#(type)", "repositories": \#(repositories)}}, "token": "t", "login": "\#(login)"}"#
      )
      #expect(try await crawl("https://github.com/orgs/ada", token: "t").documents.count == (type == "User" ? 0 : 2))
      #expect(try server.requests().allSatisfy { $0.authorization == "Bearer t" })
    }
    #expect(try server.requests().contains { $0.path.hasPrefix("/orgs/ada/repos") })
    #expect(try server.requests().contains { $0.path.hasPrefix("/user/repos") })

    let thief = try ToldServer.gitHub()
    try thief.tell(["\"full_name\": \"ada/engine\""])
    try server.tell(#"{"elsewhere": "\#(thief.origin)/users/ada"}"#)
    try server.forget()
    _ = try await crawl(options: ["forks": ["true"]], token: "t")
    #expect(try server.requests().first?.authorization == "Bearer t")
    #expect(try thief.requests().count > 0)
    #expect(try thief.requests().allSatisfy { $0.authorization == nil })
  }

  @Test(arguments: [#""reset": 4000000000"#, #""retry_after": 7200"#])
  func `waits when the limit of requests is reached`(how: String) async throws {
    for name in ["engine", "mill"] {
      _ = try TestRepository(in: folder, named: "ada/\(name)", files: ["\(name).txt": "x\n"])
    }
    try server.tell(
      [#""full_name": "ada/engine""#, #""full_name": "ada/mill""#], also: #""page": 1, "limit": 2, \#(how)"#)
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.path) == ["engine.txt"])
    let failure = try #require(outcome.failures.first)
    #expect(failure.message.contains("limit of requests") && failure.attempts == 1)
    #expect(try #require(failure.nextTry) >= context(folder).date + 7000)
    #expect(!outcome.isExhaustive)
    #expect(try server.requests().count == 3)
    // What is not due is not asked for, though the limit is gone.
    try server.tell([#""full_name": "ada/engine""#, #""full_name": "ada/mill""#], also: #""page": 1"#)
    let again = try await crawl(later: 60)
    #expect(again.failures.map(\.attempts) == [0] && again.unchanged.count == 1)
    #expect(try server.requests().filter { $0.path.contains("page=2") }.count == 1)
    #expect(try await crawl(later: 90_000).documents.map(\.path) == ["mill.txt"])
  }

  @Test func `that nobody knows, or whose token is wrong, is a failure with advice`() async throws {
    try server.tell([])
    let unknown = try await crawl("https://github.com/nobody")
    #expect(unknown.failures.map(\.message) == ["GitHub knows no user or organisation `nobody`; check the link"])
    let refused = try await crawl(token: "wrong")
    #expect(refused.failures.first?.message.contains("does not accept the token in GITHUB_TOKEN") == true)
    #expect(refused.failures.first?.message.contains("wrong") == false)
  }

  @Test func `has no more repositories than the limit`() async throws {
    for name in ["a", "b"] { _ = try TestRepository(in: folder, named: "ada/\(name)", files: ["\(name)": "x\n"]) }
    try server.tell([#""full_name": "ada/a""#, #""full_name": "ada/b""#])
    var context = context(folder)
    context.limits.repository.repositories = 1
    let path = folder
    let crawler = RepositoryCrawler(
      gitHub: GitHubInterface(root: server.origin) { try RepositoryLocation(path.path($0)) })
    let outcome = try await crawler.crawl(CrawlSource("https://github.com/ada"), author: ada, context: context)
    #expect(outcome.documents.map(\.path) == ["a"] && !outcome.isExhaustive)
    #expect(outcome.skipped.map(\.reason).contains { $0.hasPrefix("it has more than 1 repositories") })
  }

  @Test func `has pages that follow each other on one host only`() throws {
    let page = try WebAddress("https://api.github.com/users/ada/repos?page=1")
    func next(_ link: String) -> String? { nextPage(["Link": link], of: page)?.text }
    #expect(
      next(#"<https://api.github.com/a?page=2&x=1,2>; rel="next", <https://api.github.com/a?page=9>; rel="last""#)
        == "https://api.github.com/a?page=2&x=1,2")
    #expect(
      next(#"<https://api.github.com/a?page=1>; rel="prev", <https://api.github.com/a?page=3>; rel=next"#)
        == "https://api.github.com/a?page=3")
    #expect(next(#"<https://evil.example/a>; rel="next""#) == nil)
    #expect(next(#"<http://api.github.com/a>; rel="next""#) == nil)
    #expect(next(page.text) == nil && next("<>; rel=next") == nil && next("<\(page.text)>; rel=next") == nil)
    let corpus = [Array(#"<https://api.github.com/a?page=2>; rel="next", <b>; rel="last""#.utf8)]
    for bytes in Mutations(of: corpus, words: ["<", ">", ";", "rel=next", ","], count: 2000, seed: 9) {
      if let next = next(String(decoding: bytes, as: UTF8.self)) {
        #expect(next.hasPrefix("https://api.github.com/"))
      }
    }
  }
}
