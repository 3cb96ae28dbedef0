import Domain
import Foundation
import HTTP
import TestSupport
import Testing

@testable import Crawling

@Suite struct `Git is kept from` {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("work"), withIntermediateDirectories: true)
  }

  private func publicContext(_ change: (inout HTTPClientConfiguration) -> Void = { _ in }) -> CrawlContext {
    var configuration = HTTPClientConfiguration()
    change(&configuration)
    return CrawlContext(http: HTTPClient(configuration: configuration), workFolder: folder.path("work"))
  }

  @Test(arguments: [
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254",
    "10.0.0.1", "[fd00::1]", "0.0.0.0",
  ])
  func `private networks, however their hosts are spelt`(host: String) async {
    let message = await crawlError {
      _ = try await RepositoryCrawler().crawl(
        CrawlSource("https://\(host)/ada/engine.git"), author: ada, context: publicContext())
    }
    #expect(message.contains("which is in a private network; set `crawl.allow_private_addresses`"))
    #expect((try? FileManager.default.contentsOfDirectory(atPath: folder.path("work")))?.isEmpty == true)
  }

  @Test func `other addresses than those that were looked at`() async throws {
    let location = try RepositoryLocation("https://pinned.invalid:9/ada/engine.git")
    let allowed = publicContext { $0.allowsPrivateAddresses = true }
    var git = try await Git(home: folder.path("work/home"), location: location, context: allowed)
    // No name service knows the host: only the address that it was given can have been asked.
    git.network.use([try #require(IPAddress("127.0.0.1"))], for: "pinned.invalid", port: 9)
    let message = await crawlError { _ = try await git.run(["ls-remote", "--", location.url]) }
    #expect(message.contains("Failed to connect to pinned.invalid port 9"))
    let unknown = await crawlError {
      _ = try await Git(home: folder.path("work/other"), location: location, context: publicContext())
    }
    #expect(unknown.contains("its host has no address"))
  }

  /// What a git that only looks at what it is given was given.
  private func arguments(
    for link: String, token: String?, proxy: String? = nil
  ) async throws -> (arguments: String, environment: String) {
    let program = try folder.write(
      "#!/bin/sh\necho \"$@\" > '\(folder.path("arguments"))'\n/usr/bin/env > '\(folder.path("environment"))'\n",
      to: "bin/git")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    var context = publicContext {
      $0.allowsPrivateAddresses = true
      $0.proxy = proxy
    }
    context.gitHubToken = token
    var git = try await Git(
      home: folder.path("work/home"), location: try RepositoryLocation(link), context: context)
    git.searchPath = folder.path("bin")
    _ = try await git.run(["ls-remote", "--", git.location.url])
    return (
      try String(contentsOfFile: folder.path("arguments"), encoding: .utf8),
      try String(contentsOfFile: folder.path("environment"), encoding: .utf8)
    )
  }

  @Test func `telling a token to other users, or to other hosts than GitHub`() async throws {
    let token = "ghp_s3cret"
    let encoded = Data("x-access-token:\(token)".utf8).base64EncodedString()
    let given = try await arguments(for: "https://github.com/ada/engine", token: token)
    #expect(!given.arguments.contains(token) && !given.arguments.contains(encoded))
    #expect(given.environment.contains("=http.https://github.com/.extraHeader\n"))
    #expect(given.environment.contains("Authorization: Basic \(encoded)\n"))
    // A header of one's own goes along with a redirect that git follows.
    #expect(given.arguments.contains("http.followRedirects=false"))
    for link in ["https://codeberg.org/ada/engine.git", "https://github.com.example.org/a/b.git", folder.path("x.git")]
    {
      let other = try await arguments(for: link, token: token)
      #expect(!other.environment.contains(encoded) && !other.environment.contains(token), "\(link)")
      #expect(!other.arguments.contains(token) && !other.arguments.contains(encoded), "\(link)")
    }
  }

  @Test func `the proxies of the environment, and telling anybody the client's`() async throws {
    let given = try await arguments(
      for: "https://codeberg.org/ada/engine.git", token: nil, proxy: "http://ada:pw@proxy.example:8080")
    #expect(!given.arguments.contains("proxy.example"))
    #expect(given.environment.contains("=http://ada:pw@proxy.example:8080\n"))
    #expect(!given.environment.lowercased().contains("https_proxy="))
    let none = try await arguments(for: "https://codeberg.org/ada/engine.git", token: nil)
    #expect(none.environment.contains("GIT_CONFIG_KEY_0=http.proxy\n"))
    #expect(none.environment.contains("GIT_CONFIG_VALUE_0=\n"))
  }
}
