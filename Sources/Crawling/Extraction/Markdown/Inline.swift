/// A part of a line.
indirect enum Inline: Equatable {
  /// Clean text, white space folded; may begin or end with the space that parts it from its neighbour.
  case text(String)
  case code(String)
  case lineBreak
  case image(alt: String, address: String)
  case math(String)
  case footnote(label: String)
  case styled(Style, [Inline])
  case link(address: String, [Inline])

  /// How a part of a line is set.
  enum Style: Equatable { case strong, emphasis, strike }
}

extension [Inline] {
  /// The words alone.
  var plain: String {
    var output = ""
    for part in self { part.appendPlain(to: &output) }
    return output
  }

  /// Whether nothing in it would show.
  var isBlank: Bool {
    allSatisfy { part in
      switch part {
      case .text(let text), .code(let text), .math(let text): text.utf8.allSatisfy(ASCII.isSpace)
      case .lineBreak: true
      case .image, .footnote: false
      case .styled(_, let inner), .link(_, let inner): inner.isBlank
      }
    }
  }

  /// Whether there is a link in it.
  var hasLinks: Bool {
    contains { part in
      switch part {
      case .link: true
      case .styled(_, let inner): inner.hasLinks
      default: false
      }
    }
  }

  /// Whether it is links from end to end.
  var isOnlyLinks: Bool {
    var links = 0
    for part in self {
      switch part {
      case .link: links += 1
      case .styled(_, let inner): if inner.isOnlyLinks { links += 1 } else if !inner.isBlank { return false }
      case .lineBreak: continue
      case .text(let text):
        if text.utf8.contains(where: ASCII.isAlphanumeric) || !text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
      case .code, .image, .math, .footnote: return false
      }
    }
    return links > 0
  }
}

extension Inline {
  fileprivate func appendPlain(to output: inout String) {
    switch self {
    case .text(let text), .code(let text), .math(let text): output += text
    case .lineBreak: output += "\n"
    case .image: break
    case .footnote(let label): output += "[\(label)]"
    case .styled(_, let inner), .link(_, let inner): for part in inner { part.appendPlain(to: &output) }
    }
  }
}
