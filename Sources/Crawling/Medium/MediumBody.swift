/// The paragraphs of an article of Medium as HTML.
struct MediumBody {
  let paragraphs: [JSONValue]
  let state: JSONValue
  /// The title, which is not repeated.
  let title: String?

  /// The text as HTML.
  var html: String {
    var output = ""
    var list: String?
    for (index, paragraph) in paragraphs.enumerated() {
      let type = string(paragraph["type"]) ?? "P"
      let wanted = ["ULI": "ul", "OLI": "ol"][type]
      if wanted != list {
        if let list { output += "</\(list)>" }
        if let wanted { output += "<\(wanted)>" }
        list = wanted
      }
      if index < 3, type.hasPrefix("H"), string(paragraph["text"]) == title { continue }
      output += block(paragraph, type)
    }
    if let list { output += "</\(list)>" }
    return output
  }

  private func block(_ paragraph: JSONValue, _ type: String) -> String {
    let text = MediumMarkups(text: string(paragraph["text"]) ?? "", markups: paragraph["markups"]?.items ?? []).html
    switch type {
    case "ULI", "OLI": return "<li>\(text)</li>"
    case "H1", "H2": return "<h2>\(text)</h2>"
    case "H3": return "<h3>\(text)</h3>"
    case "H4": return "<h4>\(text)</h4>"
    case "BQ", "PQ": return "<blockquote><p>\(text)</p></blockquote>"
    case "PRE": return code(paragraph, text)
    case "IMG": return figure(paragraph, caption: text)
    case "IFRAME": return frame(paragraph, caption: text)
    case "MIXTAPE_EMBED":
      guard let link = string(resolved(paragraph["mixtapeMetadata"])?["href"]) else { return "<p>\(text)</p>" }
      // The class of such cards in Medium's exports, by which the extractor knows that they belong to the text.
      return "<div class=\"graf--mixtapeEmbed\"><a href=\"\(escapedHTML(link))\">\(text)</a></div>"
    default: return text.isEmpty ? "" : "<p>\(text)</p>"
    }
  }

  private func code(_ paragraph: JSONValue, _ text: String) -> String {
    let language = string(resolved(paragraph["codeBlockMetadata"])?["lang"]) ?? ""
    let name = language.isEmpty ? "" : " class=\"language-\(escapedHTML(language))\""
    return "<pre><code\(name)>\(text)</code></pre>"
  }

  private func figure(_ paragraph: JSONValue, caption: String) -> String {
    guard let image = resolved(paragraph["metadata"]), let id = string(image["id"]) else { return "" }
    let alternative = string(image["alt"]).map { " alt=\"\(escapedHTML($0))\"" } ?? ""
    let source = "https://miro.medium.com/v2/" + percentEncodedPath(id)
    let text = caption.isEmpty ? "" : "<figcaption>\(caption)</figcaption>"
    return "<figure><img src=\"\(source)\"\(alternative)>\(text)</figure>"
  }

  private func frame(_ paragraph: JSONValue, caption: String) -> String {
    let resource = resolved(resolved(paragraph["iframe"])?["mediaResource"])
    guard let link = string(resource?["href"]) ?? string(resource?["iframeSrc"]), !link.isEmpty else { return "" }
    let text = caption.isEmpty ? escapedHTML(string(resource?["title"]) ?? link) : caption
    return "<p><a href=\"\(escapedHTML(link))\">\(text)</a></p>"
  }

  private func resolved(_ value: JSONValue?) -> JSONValue? { MediumPost.resolved(value, in: state) }

  private func string(_ value: JSONValue?) -> String? {
    if case .string(let text)? = value { text } else { nil }
  }
}
