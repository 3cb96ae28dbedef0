import Foundation
import HTTP

/// Where a repository is, and how its files are named.
package struct RepositoryLocation: Sendable, Hashable {
  /// What git is given; `https:` or `file:`, or a bundle's path.
  package let url: String
  /// Whether it is a bundle, which can leave nothing out.
  let isBundle: Bool
  /// The transport that git may use, and the only one.
  let protocolName: String
  /// `github`, or `git` for any other host and for local ones.
  package let platform: String
  /// The repository's own name, without `.git` or `.bundle`.
  package let name: String
  /// What tells it from other repositories of the same name: `owner/name` on GitHub, host and path elsewhere.
  package let group: String
  /// The host that git asks, an IPv6 address without its brackets; nil for a local repository.
  package let host: String?
  /// The port that git asks there.
  package let port: Int
  /// What the links of all its files begin with.
  let linkPrefix: String

  /// Reads a source's location.
  ///
  /// - Throws: ``CrawlError`` if it names no repository.
  package init(_ location: String) throws(CrawlError) {
    switch try SourceLocation(location) {
    case .web(let address): try self.init(address: address)
    case .path(let path): self.init(path: path)
    case .named:
      throw .unsupportedSource(source: redactedURL(location), reason: "a repository is named by its https URL or path")
    }
  }

  private init(address: WebAddress) throws(CrawlError) {
    guard !address.isLinkedIn else { throw .linkedInPage(link: address.redacted) }
    protocolName = "https"
    isBundle = false
    let segments = address.path.split(separator: "/").map(String.init)
    if address.site == "github.com" {
      (host, port) = ("github.com", 443)
      guard segments.count >= 2 else {
        throw .unsupportedSource(
          source: address.redacted,
          reason: "it names no repository; give links of the form https://github.com/owner/name")
      }
      guard segments.count == 2 else {
        throw .unsupportedSource(
          source: address.redacted,
          reason: "it names a part of a repository; give https://github.com/\(segments[0])/\(segments[1])")
      }
      guard segments.allSatisfy(Self.isGitHubName) else {
        throw .unsupportedSource(source: address.redacted, reason: "no GitHub repository can have that name")
      }
      name = Self.droppingSuffix(".git", from: segments[1])
      group = "\(segments[0])/\(name)"
      url = "https://github.com/\(group).git"
      platform = "github"
      linkPrefix = "https://github.com/\(group)/blob/HEAD/"
      return
    }
    guard address.scheme == "https" else {
      throw .unsupportedSource(
        source: address.redacted, reason: "remote repositories are read over https only; give its https URL")
    }
    guard let last = segments.last else {
      throw .unsupportedSource(source: address.redacted, reason: "it names a host, not a repository")
    }
    host = address.host.hasPrefix("[") ? String(address.host.dropFirst().dropLast()) : address.host
    port = address.port ?? 443
    name = Self.droppingSuffix(".git", from: last)
    group = Self.droppingSuffix(".git", from: address.authority + address.path)
    url = address.origin + address.path
    platform = "git"
    // Every host spells the page of a file in its own way; this form names the file on all of them.
    linkPrefix = "git+\(url)#"
  }

  private init(path: String) {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    isBundle = fileSuffix(path) == "bundle"
    let last = path.split(separator: "/").last.map(String.init) ?? "repository"
    name = Self.droppingSuffix(isBundle ? ".bundle" : ".git", from: last)
    group = path
    (host, port) = (nil, 0)
    // Only by URL does git honour a depth; a bundle has no URL.
    url = isBundle ? path : "file://\(percentEncodedPath(path))"
    protocolName = "file"
    platform = "git"
    linkPrefix = "file://\(percentEncodedPath(path))#"
  }

  /// A repository on GitHub.
  ///
  /// - Parameter fullName: `owner/name`, as GitHub's interface has it.
  /// - Throws: ``CrawlError`` if no repository can have that name.
  init(gitHub fullName: String) throws(CrawlError) {
    try self.init("https://github.com/\(fullName)")
  }

  /// Where a repository on GitHub is that was renamed or given to somebody else, by what `git ls-remote` wrote to its
  /// standard error (`warning: redirecting to URL`, remote-curl.c of git's sources); itself if it is where it was.
  func renamed(by messages: String) -> RepositoryLocation {
    let mark = "warning: redirecting to "
    guard isGitHub,
      let line = messages.split(whereSeparator: \.isNewline).last(where: { $0.hasPrefix(mark) }),
      let other = try? RepositoryLocation(String(line.dropFirst(mark.count))), other.isGitHub
    else { return self }
    return other
  }

  /// The canonical link of a file.
  package func link(toFile path: String) -> String { linkPrefix + percentEncodedPath(path) }

  var isGitHub: Bool { platform == "github" }

  private static func droppingSuffix(_ suffix: String, from name: String) -> String {
    name.hasSuffix(suffix) && name.count > suffix.count ? String(name.dropLast(suffix.count)) : name
  }

  static func isGitHubName(_ name: String) -> Bool {
    name != "." && name != ".." && name.utf8.first != UInt8(ascii: "-")
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-._".utf8.contains($0) }
  }
}
