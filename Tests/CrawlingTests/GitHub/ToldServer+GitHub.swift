/// `github_server.py`: GitHub's REST interface for the accounts that a test says there are.
extension ToldServer {
  static func gitHub() throws -> ToldServer { try ToldServer("github_server.py", file: "accounts.json") }

  /// Says that there is one user with some repositories, each of which is a JSON object without braces.
  func tell(_ repositories: [String], of name: String = "ada", also: String = "") throws {
    let list = repositories.map { "{\($0)}" }.joined(separator: ",")
    try tell(#"{"accounts": {"\#(name)": {"repositories": [\#(list)]}}\#(also.isEmpty ? "" : ", " + also)}"#)
  }
}
