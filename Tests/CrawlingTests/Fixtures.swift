import Crawling
import Domain
import Foundation
import HTTP
import Testing
import TestSupport

let ada = User(fullName: "Ada Example")

/// A context that allows the tests' own servers.
func context(
  _ folder: TemporaryFolder, proxy: String? = nil, attempts: Int = 5, limits: CrawlLimits = CrawlLimits()
) -> CrawlContext {
  var configuration = HTTPClientConfiguration()
  configuration.allowsPrivateAddresses = true
  configuration.proxy = proxy
  configuration.maximumAttempts = attempts
  configuration.backoffBase = 0.01
  var hosts = HostLimits()
  hosts.delay = .zero
  return CrawlContext(
    http: HTTPClient(configuration: configuration), gate: HostGate(hosts), workFolder: folder.path("work"),
    limits: limits, date: Date(timeIntervalSince1970: 1_800_000_000))
}

/// The error that a crawl throws, as users see it.
func crawlError(_ crawl: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async -> String {
  do {
    try await crawl()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    return ""
  } catch let error as CrawlError {
    return error.description
  } catch {
    Issue.record("another error was thrown: \(error)", sourceLocation: sourceLocation)
    return ""
  }
}

/// Runs a program to its end and gives its output; a failure fails the test.
@discardableResult
func ran(_ program: String, _ arguments: [String], in folder: String = "/", input: String = "") throws -> String {
  let result = try runBlocking(program, arguments, folder: folder, input: input)
  try #require(result.status == 0, "\(program) \(arguments) failed: \(result)")
  return result.output
}

/// A repository with one commit of the given files.
struct TestRepository {
  let path: String

  init(in folder: TemporaryFolder, named name: String = "engine", files: [String: String]) throws {
    path = folder.path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try git("init", "--quiet", "--initial-branch=main")
    for (file, text) in files { try folder.write(text, to: "\(name)/\(file)") }
    try commit()
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    return try ran("git", identity + arguments, in: path)
  }

  func commit() throws {
    try git("add", "--all", "--force")
    try git("commit", "--quiet", "--allow-empty", "--message", "Change")
  }

  var head: String {
    get throws { try git("rev-parse", "HEAD").trimmingCharacters(in: .whitespacesAndNewlines) }
  }
}

/// An entry of a test's zip.
struct ZipEntry: Encodable {
  var name: String
  var text: String?
  var link: String?
  var zeros: Int?
  /// Another name, before its bytes.
  var local: String?
}

/// Writes a zip and gives its path.
func makeZip(_ entries: [ZipEntry], named name: String = "export.zip", in folder: TemporaryFolder) throws -> String {
  let path = folder.path(name)
  let json = String(decoding: try JSONEncoder().encode(entries), as: UTF8.self)
  try ran(testPython, [packageRoot.appending(path: "Tests/Peers/make_zip.py").path, path], input: json)
  return path
}
