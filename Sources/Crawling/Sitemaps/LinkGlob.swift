/// A pattern of paths such as `/blog/**` or `/20*/`: `*` stands for any characters but a slash, `**` for any, `?` for one
/// that is no slash. A pattern that has `://` is one of whole links.
struct LinkGlob: Sendable, Hashable {
  private enum Token: Sendable, Hashable { case byte(UInt8), character, segment, path }

  private let tokens: [Token]
  private let isOfLinks: Bool

  init(_ pattern: String) {
    isOfLinks = pattern.contains("://")
    let hasRoot = isOfLinks || pattern.hasPrefix("/") || pattern.hasPrefix("*")
    let bytes = Array(((hasRoot ? "" : "/") + pattern).utf8.prefix(1000))
    var tokens: [Token] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "*"):
        if tokens.last == .segment {
          tokens[tokens.count - 1] = .path
        } else if tokens.last != .path {
          tokens.append(.segment)
        }
      case UInt8(ascii: "?"): tokens.append(.character)
      default: tokens.append(.byte(byte))
      }
    }
    self.tokens = tokens
  }

  /// Whether the path of an address matches, or the address itself; its query does not count for a pattern of paths.
  /// Takes time in the order of both lengths' product.
  func matches(_ address: WebAddress) -> Bool {
    let text = Array((isOfLinks ? address.text : address.path).utf8)
    // Which beginnings of the text the tokens so far match.
    var ends = [Bool](repeating: false, count: text.count + 1)
    ends[0] = true
    for token in tokens {
      var next = [Bool](repeating: false, count: text.count + 1)
      let isRepeated = token == .segment || token == .path
      if isRepeated { next[0] = ends[0] }
      for index in text.indices {
        let isTaken =
          switch token {
          case .byte(let byte): text[index] == byte
          case .character, .segment: text[index] != UInt8(ascii: "/")
          case .path: true
          }
        next[index + 1] = isRepeated ? ends[index + 1] || isTaken && next[index] : isTaken && ends[index]
      }
      ends = next
    }
    return ends[text.count]
  }
}
