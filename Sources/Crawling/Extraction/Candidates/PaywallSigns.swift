/// Finds what a page shows in place of the rest of an article that only subscribers may read.
struct PaywallSigns {
  let tree: HTMLTree
  let head: PageHead

  /// Whether the page shows such a sign. Only asked of pages with little text, since sites carry the words in templates.
  var isShown: Bool {
    for index in tree.nodes.indices where tree.tag(index) == .text {
      let text = tree.text(index)
      if text.count >= 20, text.count <= 300, Self.says(text.trimmed), !isInScript(index) { return true }
    }
    return isLockedMedium
  }

  private func isInScript(_ index: HTMLTree.Index) -> Bool {
    [.script, .style, .template, .title, .textarea].contains(tree.tag(tree.parent(index)))
  }

  /// Medium tells it in the state that its scripts start from.
  private var isLockedMedium: Bool {
    guard head.first("og:site_name", "al:ios:app_name")?.lowercased() == "medium" else { return false }
    return tree.nodes.indices.contains { index in
      guard tree.tag(index) == .script, let text = tree.first(.text, in: index) else { return false }
      return ASCII.find("\"isLocked\":true", in: Array(tree.text(text)), from: 0) != nil
    }
  }

  private static func says(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, let second = text.dropFirst().first,
      let candidates = phrases[UInt16(ASCII.lowercased(first)) << 8 | UInt16(ASCII.lowercased(second))]
    else { return false }
    let line = TextCleaner.line(text).lowercased()
    return candidates.contains { line.hasPrefix($0) }
  }

  /// Beginnings of the sentences by which publishing systems and newspapers end a free preview, in lower case, by their
  /// first two bytes.
  private static let phrases = Dictionary(grouping: beginnings) { phrase in
    phrase.utf8.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
  }

  private static let beginnings = [
    "this post is for paid subscribers", "this post is for paying subscribers", "this post is for subscribers",
    "this episode is for paid subscribers", "keep reading with a 7-day free trial", "become a paid subscriber to",
    "create an account to read the full story", "the author made this story available to medium members only",
    "become a member to read this story", "this story is for medium members", "subscribe to continue reading",
    "subscribe to read the full", "to continue reading, subscribe", "to read the full article, subscribe",
    "this article is for subscribers only", "this content is for subscribers only", "this is a subscriber-only article",
    "already a subscriber? log in to continue", "dieser artikel ist nur f\u{FC}r abonnenten",
    "dieser inhalt ist exklusiv",
    "dieser artikel ist exklusiv f\u{FC}r", "lesen sie weiter mit", "jetzt weiterlesen mit",
    "weiterlesen mit einem abo",
    "cet article est r\u{E9}serv\u{E9} aux abonn\u{E9}s", "la suite est r\u{E9}serv\u{E9}e aux abonn\u{E9}s",
    "este contenido es exclusivo para suscriptores", "contenido exclusivo para suscriptores",
    "questo contenuto \u{E8} riservato agli abbonati", "contenuto riservato agli abbonati",
    "conte\u{FA}do exclusivo para assinantes", "dit artikel is alleen voor abonnees",
    "artyku\u{142} dost\u{119}pny tylko dla",
  ]
}
