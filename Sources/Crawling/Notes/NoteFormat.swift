/// The formats of notes, by the suffix of their files.
enum NoteFormat: Sendable, Hashable {
  case markdown, text, html, pdf

  /// The format of a suffix (lower case, without a dot); nil if it is no note.
  init?(suffix: String) {
    switch suffix {
    case "md", "markdown", "mdown", "mdx": self = .markdown
    case "txt", "text": self = .text
    case "html", "htm", "xhtml": self = .html
    case "pdf": self = .pdf
    default: return nil
    }
  }
}
