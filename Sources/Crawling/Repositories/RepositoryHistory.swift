import Foundation

/// The commits of a repository, without its files: who touched which paths.
struct RepositoryHistory: Sendable {
  private let git: Git
  private let folder: String

  /// Fetches the commits and trees; a server that cannot leave files out sends those, too.
  static func make(
    of location: RepositoryLocation, at revision: Revision, with git: Git, in folder: String, limits: CrawlLimits
  ) async throws -> RepositoryHistory {
    var arguments = ["clone", "--quiet", "--bare", "--single-branch", "--no-tags", "--template="]
    if !location.isBundle { arguments.append("--filter=blob:none") }
    if let branch = revision.branch { arguments += ["--branch", branch] }
    arguments += ["--", location.url, folder]
    try await git.clone(arguments, into: folder, limit: limits.repository.cloneBytes)
    return RepositoryHistory(git: git, folder: folder)
  }

  /// The paths that commits of some authors touched, merges left out; some of them may no longer be there.
  ///
  /// - Parameter identities: mail addresses or names, lower case; one of them must be all of a commit's.
  func paths(touchedBy identities: [String]) async throws -> Set<String> {
    // Without the detection of renames no file's contents are needed, and without the repository's own list of other
    // names nobody is taken for another. git looks for parts of names: what it finds too much is left out here.
    let arguments =
      ["log", "--no-renames", "--no-merges", "--no-mailmap", "--fixed-strings", "--regexp-ignore-case", "-z"]
      + ["--format=%x01%an%x01%ae%x01", "--name-only"] + identities.map { "--author=\($0)" } + ["HEAD", "--"]
    let output = try await git.run(["--git-dir=\(folder)"] + arguments)
    return Self.paths(inLog: output, touchedBy: Set(identities))
  }

  /// Reads what git gives: of every commit a line with the name and the address, and the paths, each ended by a NUL.
  static func paths(inLog log: [UInt8], touchedBy identities: Set<String>) -> Set<String> {
    var paths: Set<String> = []
    var isTheirs = false
    for field in log.split(separator: 0) {
      if field.first == 1 {
        let names = field.split(separator: 1).map { String(decoding: $0, as: UTF8.self).lowercased() }
        isTheirs = names.contains(where: identities.contains)
      } else if isTheirs {
        // The first path of a commit comes after an empty line.
        let path = field.first == UInt8(ascii: "\n") ? field.dropFirst() : field
        if let path = String(validating: path, as: UTF8.self) { paths.insert(path) }
      }
    }
    return paths
  }
}
