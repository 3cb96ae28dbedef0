import Foundation

/// One page of a Medium export, as far as its markup tells more than a reader of any page would see.
struct MediumExportPost: Sendable {
  /// The page, with links in the place of scripts and frames: code on GitHub, films.
  let html: String
  /// When it was published, to the second.
  let date: Date?
  /// Whether its body has a title of its own.
  private let hasTitle: Bool

  /// Looks at a page.
  init(_ bytes: [UInt8]) {
    let page = String(decoding: bytes, as: UTF8.self)
    hasTitle = page.contains("graf--title")
    date = Self.date(in: page)
    html = Self.linkingEmbeds(in: page)
  }

  /// Whether the post answers somebody's: then Medium takes the beginning of the text for its title.
  func isReply(title: String?, text: String) -> Bool {
    guard !hasTitle, let title else { return false }
    let beginning = Self.letters(title)
    return !beginning.isEmpty && Self.letters(text.prefix(title.count * 2 + 40)).hasPrefix(beginning)
  }

  private static func letters(_ text: some StringProtocol) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// `<time class="dt-published" datetime="2019-08-07T10:00:00.000Z">`, whatever the order of its attributes.
  private static func date(in page: String) -> Date? {
    guard let mark = page.range(of: "dt-published") else { return nil }
    let start = page[..<mark.lowerBound].lastIndex(of: "<") ?? mark.lowerBound
    let tag = page[start...].prefix { $0 != ">" }
    guard let value = attribute("datetime", of: tag) else { return nil }
    return (try? Date(value, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
      ?? (try? Date(value, strategy: .iso8601))
  }

  private static func linkingEmbeds(in page: String) -> String {
    var result = ""
    var rest = page[...]
    while let tag = nextEmbed(in: rest) {
      result += rest[..<tag.lowerBound]
      if let address = attribute("src", of: rest[tag]).flatMap(embedded) {
        // As Medium writes the cards of linked pages, which count as content though they are nothing but a link.
        result += "<div class=\"graf--mixtapeEmbed\"><a href=\"\(address)\">\(address)</a></div>"
      } else {
        result += rest[tag]
      }
      rest = rest[tag.upperBound...]
    }
    return result + rest
  }

  /// The next tag that puts something foreign into the page.
  private static func nextEmbed(in rest: Substring) -> Range<String.Index>? {
    var start = rest.startIndex
    while let open = rest[start...].firstIndex(of: "<") {
      let after = rest[rest.index(after: open)...]
      if after.hasPrefix("script") || after.hasPrefix("iframe") {
        return after.firstIndex(of: ">").map { open..<rest.index(after: $0) }
      }
      start = after.startIndex
    }
    return nil
  }

  /// What a reader would follow to see what is embedded; nil for what is no content.
  private static func embedded(_ source: String) -> String? {
    guard let address = try? WebAddress(source), !address.text.contains("\"") else { return nil }
    if address.isHost(in: "gist.github.com"), address.path.hasSuffix(".js") {
      return address.origin + address.path.dropLast(3)
    }
    guard address.isHost(in: "youtube.com"), address.path.hasPrefix("/embed/") else { return nil }
    return "https://www.youtube.com/watch?v=" + address.path.dropFirst(7)
  }

  private static func attribute(_ name: String, of tag: Substring) -> String? {
    guard let mark = tag.range(of: " \(name)=\"") else { return nil }
    return String(tag[mark.upperBound...].prefix { $0 != "\"" })
  }
}
