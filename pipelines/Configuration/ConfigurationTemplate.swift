/// The files that a new user starts from.
public enum ConfigurationTemplate {
  /// One of them.
  public struct File: Sendable {
    /// Its name.
    public let name: String
    /// Its text.
    public let contents: String
  }

  /// A `twin.yaml` in which every key stands with its built-in value, and an `.env.example` for secrets.
  public static var files: [File] {
    [File(name: "twin.yaml", contents: yaml), File(name: ".env.example", contents: environment)]
  }

  private static var yaml: String {
    var text = """
      # Whose writing it is, and where it stands. Everything below that is commented out shows the built-in value.
      author: Your Name
      sources:
        # - https://github.com/you/project
        # - https://you.example/blog/a-post
        # - exports/Basic_LinkedInDataExport.zip   # LinkedIn: Settings > Data privacy > Get a copy of your data
        # - notes/                                 # a folder of Markdown, HTML and text

      """
    var section = ""
    for key in SettingKey.all where !["author", "authors", "sources"].contains(key.path) {
      let parts = key.components
      if parts.count == 2, parts[0] != section {
        section = parts[0]
        text += "\n# \(section):\n"
      }
      let indent = parts.count == 2 ? "  " : ""
      if parts.count == 1 { text += "\n" }
      text += "# \(indent)\(parts[parts.count - 1]): \(key.builtIn ?? "…")    # \(key.summary)\n"
    }
    return text
  }

  private static let environment = """
    # Copy to .env, which is read beside the configuration and belongs in .gitignore.
    # QDRANT_API_KEY=…          used by: vectors: {url: …, api_key: ${QDRANT_API_KEY}}
    # OPENAI_API_KEY=…          read by `provider: openai`; ANTHROPIC_API_KEY, CO_API_KEY and HF_TOKEN by theirs

    """
}
