import Foundation
import HTTP

/// The git program, told to trust nothing: no shell, hooks, submodules, helpers, prompts or configuration but ours, and
/// one transport.
///
/// The measures are those that git's own documentation and past advisories of `git clone` call for: `GIT_ALLOW_PROTOCOL`
/// (git(1)), `--` before what others wrote, `core.hooksPath`, `core.symlinks`, `core.fsmonitor` (git-config(1)). Files are
/// never checked out, so that no filter, symbolic link or odd path of a repository touches the disk.
struct Git: Sendable {
  /// A folder of this crawl's own, where git finds a home without anybody's settings and no repository around it.
  let home: String
  let location: RepositoryLocation
  var network: GitNetwork
  let seconds: Double
  let gitHubToken: String?
  /// Where programs are looked for; nil for the `PATH` of this process.
  var searchPath: String?

  /// Makes it for one repository, whose host is looked at.
  ///
  /// - Throws: ``CrawlError`` if the host is not to be asked, or the home cannot be made; `CancellationError`.
  init(home: String, location: RepositoryLocation, context: CrawlContext) async throws {
    self.home = home
    self.location = location
    seconds = context.limits.repository.gitSeconds
    gitHubToken = context.gitHubToken
    network = try await GitNetwork(to: location, by: context.http.configuration)
    do {
      try makeHome()
    } catch {
      throw CrawlError.cannotRead(path: context.workFolder, reason: "no folder for a clone can be made there")
    }
  }

  /// Makes the home. A local repository may belong to another user, as in a container: the user named it, and cloning
  /// a foreign folder is safe by itself (git-upload-pack(1)).
  private func makeHome() throws {
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try Data("[safe]\n\tdirectory = *\n".utf8).write(to: URL(fileURLWithPath: home + "/gitconfig"))
  }

  /// Runs one command and gives its standard output.
  ///
  /// - Throws: ``CrawlError`` with what git said, or `CancellationError`.
  func run(_ arguments: [String], input: [UInt8] = [], outputLimit: Int = 64 << 20) async throws -> [UInt8] {
    try await result(of: arguments, input: input, outputLimit: outputLimit).output
  }

  /// What `HEAD` and the branches of the repository are, and where it is now, if that is elsewhere on GitHub: one that
  /// was renamed redirects, which git tells.
  ///
  /// - Throws: ``CrawlError`` with what git said, or `CancellationError`.
  func remoteRevision() async throws -> (revision: Revision?, location: RepositoryLocation) {
    let result = try await result(of: ["ls-remote", "--", location.url, "HEAD", "refs/heads/*"])
    return (Revision(listing: result.output), location.renamed(by: result.errors))
  }

  private func result(
    of arguments: [String], input: [UInt8] = [], outputLimit: Int = 64 << 20
  ) async throws -> ChildProcess.Result {
    var process = ChildProcess(
      program: "git", arguments: settings + arguments, environment: environment, folder: home,
      outputLimit: outputLimit, seconds: seconds)
    if !input.isEmpty {
      process.inputFile = home + "/input"
      let file = URL(fileURLWithPath: process.inputFile)
      try await offPool { try Data(input).write(to: file) }
    }
    let result: ChildProcess.Result
    do {
      result = try await process.run()
    } catch let failure as ChildProcess.Failure {
      throw error(of: failure)
    }
    guard result.isSuccess else { throw error(ofMessage: result.errors) }
    return result
  }

  private var settings: [String] {
    let values = [
      "core.hooksPath=/dev/null", "core.symlinks=false", "core.fsmonitor=false", "core.attributesFile=/dev/null",
      "protocol.ext.allow=never", "submodule.recurse=false", "credential.helper=", "gc.auto=0",
      "maintenance.auto=false",
      "http.lowSpeedLimit=100", "http.lowSpeedTime=60",
      // A renamed repository on GitHub redirects; any other host could redirect into a private network. Where a token
      // goes, nobody is followed: git sends it to wherever it is led.
      "http.followRedirects=\(location.isGitHub && token == nil ? "initial" : "false")",
    ]
    return values.flatMap { ["-c", $0] }
  }

  private var environment: [String: String] {
    let inherited = ProcessInfo.processInfo.environment
    // What a network with a certificate authority of its own needs. A proxy is the client's, or none.
    var variables = inherited.filter { name, _ in
      ["PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "TMPDIR"].contains(name)
    }
    variables.merge([
      "HOME": home, "XDG_CONFIG_HOME": home, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": home + "/gitconfig",
      "GIT_CEILING_DIRECTORIES": URL(fileURLWithPath: home).deletingLastPathComponent().path,
      "GIT_ALLOW_PROTOCOL": location.protocolName, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "/bin/false",
      "GIT_LFS_SKIP_SMUDGE": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C",
    ]) { _, ours in ours }
    if let searchPath { variables["PATH"] = searchPath }
    // Other users of the machine can read a command line, but no environment.
    var secrets = network.configuration
    if let token {
      let credentials = Data("x-access-token:\(token)".utf8).base64EncodedString()
      secrets.append(("http.https://github.com/.extraHeader", "Authorization: Basic \(credentials)"))
    }
    variables["GIT_CONFIG_COUNT"] = "\(secrets.count)"
    for (index, secret) in secrets.enumerated() {
      variables["GIT_CONFIG_KEY_\(index)"] = secret.name
      variables["GIT_CONFIG_VALUE_\(index)"] = secret.value
    }
    return variables
  }

  /// The token, where it may go: to GitHub only.
  private var token: String? {
    guard location.isGitHub, let gitHubToken, !gitHubToken.isEmpty else { return nil }
    return gitHubToken
  }

  private func error(of failure: ChildProcess.Failure) -> CrawlError {
    switch failure {
    case .notInstalled: .missingProgram(name: "git", purpose: "crawl the repository \(location.url)")
    case .cannotRun(let reason): .repositoryFailed(repository: location.url, reason: "git did not run: \(reason)")
    case .tookTooLong:
      .tooLarge(source: location.url, what: "the time that git needs", limit: "\(Int(seconds)) seconds")
    case .tooMuchOutput: .tooLarge(source: location.url, what: "its list of files", limit: "64 MiB")
    }
  }

  /// What to do about a repository that is not there, or private: hosts do not say which.
  private var accessAdvice: String {
    if !location.isGitHub {
      return "check the link; of a repository that is private, clone it yourself and name its folder"
    }
    return token == nil
      ? "check the link, and set GITHUB_TOKEN to a token that may read it if the repository is private"
      : "check the link, and whether the token in GITHUB_TOKEN may read the repository if it is private"
  }

  private func error(ofMessage text: String) -> CrawlError {
    let lines = text.split(whereSeparator: \.isNewline)
    let line =
      lines.first { $0.hasPrefix("fatal: ") }?.dropFirst(7) ?? lines.first { $0.hasPrefix("error: ") } ?? lines.last
    var reason = "git says: " + oneLine(line ?? "nothing")
    if text.contains("could not read Username") || text.contains("Authentication failed") || text.contains("not found")
    {
      reason += "; \(accessAdvice)"
    } else if text.contains("redirect") || text.contains("error: 301") {
      reason += "; it may have been renamed: give its new link"
    }
    return .repositoryFailed(repository: location.url, reason: reason)
  }
}
