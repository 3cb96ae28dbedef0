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

  /// A git that says something and ends.
  private func git(saying message: String, status: Int, of link: String, token: String?) async throws -> Git {
    let program = try folder.write(
      "#!/bin/sh\necho '\(message)' >&2\necho '\(String(repeating: "a", count: 40))\tHEAD'\nexit \(status)\n",
      to: "bin/git")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    var context = publicContext { $0.allowsPrivateAddresses = true }
    context.gitHubToken = token
    var git = try await Git(home: folder.path("work/home"), location: try RepositoryLocation(link), context: context)
    git.searchPath = folder.path("bin")
    return git
  }

  @Test(arguments: [
    ("https://github.com/ada/engine", nil, "set GITHUB_TOKEN to a token that may read it"),
    ("https://github.com/ada/engine", "t", "whether the token in GITHUB_TOKEN may read the repository"),
    ("https://codeberg.org/ada/engine.git", "t", "clone it yourself and name its folder"),
  ])
  func `private repositories without a word of what to do`(link: String, token: String?, advice: String) async throws {
    let message = "fatal: could not read Username for https://host: terminal prompts disabled"
    let git = try await git(saying: message, status: 128, of: link, token: token)
    let error = await crawlError { _ = try await git.remoteRevision() }
    #expect(error.contains(link.hasSuffix(".git") ? link : link + ".git") && error.contains(advice), "\(error)")
  }

  @Test(arguments: [
    ("https://github.com/ada/engine", "https://github.com/ada/mill.git/", "ada/mill"),
    ("https://github.com/ada/engine", "https://github.com/eve/engine", "eve/engine"),
    ("https://github.com/ada/engine", "https://evil.example/ada/mill.git/", "ada/engine"),
    ("https://github.com/ada/engine", "file:///etc", "ada/engine"),
    ("https://codeberg.org/ada/engine.git", "https://github.com/ada/mill.git/", "codeberg.org/ada/engine"),
  ])
  func `calling a repository by a name that it had, and following to other hosts`(
    link: String, target: String, group: String
  ) async throws {
    let git = try await git(saying: "warning: redirecting to \(target)", status: 0, of: link, token: nil)
    let remote = try await git.remoteRevision()
    #expect(remote.location.group == group && remote.revision != nil)
    if group == "ada/mill" {
      #expect(remote.location.link(toFile: "a.txt") == "https://github.com/ada/mill/blob/HEAD/a.txt")
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
