/// The words of a post as a page of LinkedIn's shows them, when its JSON-LD has none.
struct LinkedInPageText: Sendable {
  /// The member's words.
  private(set) var own: String?
  /// The words of the post that it passes on.
  private(set) var shared: String?

  /// The classes of the text on public pages, and of those that members see, newer ones last.
  private static let publicText: NameSet = ["attributed-text-segment-list__content"]
  private static let memberText: NameSet = [
    "update-components-update-v2__commentary", "feed-shared-update-v2__description",
  ]
  private static let newerMemberText: NameSet = ["break-words"]

  /// Where others answer.
  private static let comments: NameSet = [
    "comment", "comment__text", "comment__body", "comments", "comments-comment-item", "comments-comment-entity",
    "comments-comments-list", "comments-comment-list", "comments-container",
  ]
  /// Where a post stands that is passed on.
  private static let reshares: NameSet = [
    "feed-reshare-content", "reshare-content", "feed-shared-mini-update-v2", "update-components-mini-update-v2",
    "feed-shared-update-v2__update-content-wrapper", "feed-shared-reshared-text",
  ]
  /// What only screen readers say, such as `hashtag` before each one.
  private static let unseen: NameSet = ["visually-hidden", "sr-only", "a11y-text"]

  init(_ tree: HTMLTree) {
    for names in [Self.publicText, Self.memberText, Self.newerMemberText] {
      var next = 1
      while next < tree.nodes.count {
        let index = next
        next += 1
        guard tree.tag(index) != .text, tree.hasClass(index, in: names), !Self.isInside(index, Self.comments, tree)
        else { continue }
        // What lies in it is a part of it.
        next = Int(tree.nodes[index].end)
        let isVerbatim = tree.hasClass(index, in: Self.publicText)
        guard let text = Self.text(of: index, tree, isVerbatim: isVerbatim) else { continue }
        if Self.isInside(index, Self.reshares, tree) { shared = shared ?? text } else { own = own ?? text }
      }
      if own != nil || shared != nil { return }
    }
  }

  private static func isInside(_ index: HTMLTree.Index, _ names: NameSet, _ tree: HTMLTree) -> Bool {
    var current = index
    while current > 0 {
      if tree.hasClass(current, in: names) { return true }
      current = tree.parent(current)
    }
    return false
  }

  /// The text of an element in lines, as it is seen; nil when there is none.
  ///
  /// - Parameter isVerbatim: whether the page shows line breaks of its source.
  private static func text(of root: HTMLTree.Index, _ tree: HTMLTree, isVerbatim: Bool) -> String? {
    var lines: [[UInt8]] = [[]]
    var next = root + 1
    var blockEnd = 0
    while next < Int(tree.nodes[root].end) {
      let index = next
      next += 1
      if index >= blockEnd, blockEnd > 0 {
        lines.append([])
        blockEnd = 0
      }
      switch tree.tag(index) {
      case .text where isVerbatim:
        let parts = tree.text(index).split(separator: 0x0A, omittingEmptySubsequences: false)
        for (position, part) in parts.enumerated() {
          if position > 0 { lines.append([]) }
          lines[lines.count - 1] += part
        }
      case .text: lines[lines.count - 1] += tree.text(index).map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
      case .br: lines.append([])
      case .button, .script, .style, .template: next = Int(tree.nodes[index].end)
      default:
        if tree.hasClass(index, in: unseen) {
          next = Int(tree.nodes[index].end)
        } else if tree.tag(index).isBlock, lines.last?.isEmpty == false {
          lines.append([])
          blockEnd = Int(tree.nodes[index].end)
        }
      }
    }
    var cleaned = lines.map { TextCleaner.line($0) }[...]
    while cleaned.first?.isEmpty == true { cleaned = cleaned.dropFirst() }
    while cleaned.last?.isEmpty == true { cleaned = cleaned.dropLast() }
    return cleaned.isEmpty ? nil : cleaned.joined(separator: "\n")
  }
}
