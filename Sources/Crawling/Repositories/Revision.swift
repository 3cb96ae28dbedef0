/// What a repository's HEAD is at the moment.
struct Revision: Sendable, Hashable {
  /// The object name of the commit.
  let commit: String
  /// The branch to clone when the repository has no HEAD, as a bundle may; nil for HEAD.
  let branch: String?

  /// Reads the output of `git ls-remote <url> HEAD refs/heads/*`; nil if there is no commit to crawl.
  init?(listing: [UInt8]) {
    var branches: [(name: String, commit: String)] = []
    for line in String(decoding: listing, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, fields[0].utf8.allSatisfy({ isDigit($0) || isLetter($0) }) else { continue }
      if fields[1] == "HEAD" {
        commit = String(fields[0])
        branch = nil
        return
      }
      if fields[1].hasPrefix("refs/heads/") { branches.append((String(fields[1].dropFirst(11)), String(fields[0]))) }
    }
    let usual = branches.first { $0.name == "main" } ?? branches.first { $0.name == "master" }
    guard let chosen = usual ?? branches.first else { return nil }
    commit = chosen.commit
    branch = chosen.name
  }
}
