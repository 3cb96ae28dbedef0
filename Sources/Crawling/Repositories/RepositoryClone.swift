import Foundation

/// A shallow, bare clone in a folder of its own, read by object.
struct RepositoryClone: Sendable {
  let git: Git
  let folder: String

  /// Fetches one commit's files, without those above the size limit where the server can leave them out.
  static func make(
    of location: RepositoryLocation, at revision: Revision, with git: Git, in folder: String, limits: CrawlLimits
  ) async throws -> RepositoryClone {
    var arguments = ["clone", "--quiet", "--bare", "--depth", "1", "--single-branch", "--no-tags", "--template="]
    if !location.isBundle { arguments.append("--filter=blob:limit=\(limits.repository.fileBytes + 1)") }
    if let branch = revision.branch { arguments += ["--branch", branch] }
    arguments += ["--", location.url, folder]
    try await git.clone(arguments, into: folder, limit: limits.repository.cloneBytes)
    // What the filter left out shall count as missing, and not be fetched one by one when it is asked for.
    let configuration = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
    try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder).appending(path: "config"))
    return RepositoryClone(git: git, folder: folder)
  }

  /// The commit that was fetched.
  func commit() async throws -> String {
    String(decoding: try await run(["rev-parse", "HEAD"]).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// All entries, in the order of their paths.
  func entries() async throws -> [TreeEntry] {
    TreeEntry.entries(ofListing: try await run(["ls-tree", "-r", "-z", "--full-tree", "HEAD"]))
  }

  /// The sizes of objects, in bytes; those that the clone does not hold are left out.
  func sizes(of objects: [String]) async throws -> [String: Int] {
    let output = try await run(
      ["cat-file", "--batch-check=%(objectname) %(objectsize)"], input: lines(of: objects))
    var sizes: [String: Int] = [:]
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count == 2, let size = Int(fields[1]) { sizes[String(fields[0])] = size }
    }
    return sizes
  }

  /// The contents of objects whose sizes add up to `size`.
  func contents(of objects: [String], size: Int) async throws -> [String: [UInt8]] {
    let output = try await run(
      ["cat-file", "--batch=%(objectname) %(objectsize)"], input: lines(of: objects),
      outputLimit: size + objects.count * 128 + 1024)
    var contents: [String: [UInt8]] = [:]
    var position = 0
    while position < output.count {
      let end = output[position...].firstIndex(of: UInt8(ascii: "\n")) ?? output.count
      let fields = String(decoding: output[position..<end], as: UTF8.self).split(separator: " ")
      position = end + 1
      guard fields.count == 2, let size = Int(fields[1]) else { continue }
      guard position + size <= output.count else { break }
      contents[String(fields[0])] = Array(output[position..<(position + size)])
      position += size + 1
    }
    return contents
  }

  /// The paths which the repository's own `.gitattributes` mark as vendored, generated or not to be shown as text, with
  /// the reason.
  func attributeReasons(of paths: [String]) async throws -> [String: String] {
    _ = try await run(["read-tree", "HEAD"])
    let names = ["linguist-vendored", "linguist-generated", "diff"]
    let output = try await run(
      ["check-attr", "--cached", "--stdin", "-z"] + names, input: paths.flatMap { Array($0.utf8) + [0] })
    let fields = output.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    var reasons: [String: String] = [:]
    for start in stride(from: 0, to: fields.count - 2, by: 3) {
      switch (fields[start + 1], fields[start + 2]) {
      case ("linguist-vendored", "set"), ("linguist-vendored", "true"):
        reasons[fields[start]] = "vendored, by .gitattributes"
      case ("linguist-generated", "set"), ("linguist-generated", "true"):
        reasons[fields[start]] = "generated, by .gitattributes"
      case ("diff", "unset"): reasons[fields[start]] = "not text, by .gitattributes"
      default: break
      }
    }
    return reasons
  }

  private func run(_ arguments: [String], input: [UInt8] = [], outputLimit: Int = 64 << 20) async throws -> [UInt8] {
    try await git.run(["--git-dir=\(folder)"] + arguments, input: input, outputLimit: outputLimit)
  }

  private func lines(of objects: [String]) -> [UInt8] { objects.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] } }
}
