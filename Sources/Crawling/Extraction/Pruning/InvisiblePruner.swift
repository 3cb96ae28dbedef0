/// Drops what a reader never sees: scripts, controls, hidden elements; and what is marked as being beside the content.
struct InvisiblePruner {
  let tree: HTMLTree
  let hints: [Hints]
  /// Whether the long texts for readers without scripts are kept: where a page shows nothing else, they are the page.
  let keepsPlainPage: Bool
  /// The hashes of the ids of elements that a switch of the page opens.
  private let toggled: Set<UInt64>

  init(tree: HTMLTree, hints: [Hints], keepsPlainPage: Bool = false) {
    self.tree = tree
    self.hints = hints
    self.keepsPlainPage = keepsPlainPage
    toggled = Self.toggled(tree)
  }

  /// Marks what is invisible.
  func prune(_ dropped: inout DropMask) {
    var index = 1
    while index < tree.nodes.count {
      if tree.tag(index) != .text, isInvisible(index) {
        dropped[index] = true
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
  }

  private func isInvisible(_ index: HTMLTree.Index) -> Bool {
    let tag = tree.tag(index)
    if tag == .script { return !MathReader.isMathScript(tree, index) }
    if tag == .noscript { return !isNeeded(noscript: index) }
    if tag.isNeverContent { return tag != .object || tree.first(.p, in: index) == nil }
    if tag == .html || tag == .body { return false }
    guard tree.nodes[index].count > 0 else { return false }
    if isHidden(index) { return tree.first(.math, in: index) == nil && !isDisclosed(index) }
    if hints[index].contains(.gutter), holdsNumbersAlone(index) { return true }
    if hints[index].contains(.invisible), !holdsContent(index) { return true }
    if hints[index].contains(.siteChrome) { return !MathReader.isRendering(tree, index) }
    if let component = tree.string(.dataComponentName, of: index) {
      return SiteRules.chromeComponents.contains(component)
    }
    return false
  }

  /// Whether an element is the line numbers beside a listing, rather than a grid whose class says `gutter`.
  private func holdsNumbersAlone(_ index: HTMLTree.Index) -> Bool {
    for inner in tree.descendants(index) where tree.tag(inner) == .text {
      if tree.text(inner).contains(where: { ASCII.isLetter($0) || $0 >= 0x80 }) { return false }
    }
    return true
  }

  /// A class that says `hidden` may only hold back a text until a script shows it.
  private func holdsContent(_ index: HTMLTree.Index) -> Bool {
    tree.nodes[index].end - Int32(index) > 40
  }

  private func isHidden(_ index: HTMLTree.Index) -> Bool {
    if tree.has(.hidden, index) { return true }
    if let aria = tree.value(.ariaHidden, of: index), aria.elementsEqual("true".utf8) { return true }
    return tree.value(.style, of: index).map(InlineStyle.hides) ?? false
  }

  /// Whether a hidden element is one that the reader opens: the panel of an accordion, of a tab, of a question whose
  /// answer unfolds. Menus and dialogs open too, but hold no text of the page.
  private func isDisclosed(_ index: HTMLTree.Index) -> Bool {
    guard tree.tag(index).isBlock, tree.value(.style, of: index).map(InlineStyle.onlyFolds) ?? true
    else { return false }
    let around = hints[index].union(hints[tree.parent(index)])
    guard around.isDisjoint(with: [.navigation, .consent, .share, .subscribe, .comments, .advert, .sidebar]) else {
      return false
    }
    if around.contains(.disclosure) { return true }
    if let role = tree.value(.role, of: index), role.elementsEqual("tabpanel".utf8) { return true }
    guard let id = tree.value(.id, of: index), !id.isEmpty else { return false }
    return toggled.contains(NameHash(id).value)
  }

  /// The ids that the page's own switches (`aria-expanded`, `role=tab`) say they open.
  private static func toggled(_ tree: HTMLTree) -> Set<UInt64> {
    var found: Set<UInt64> = []
    for index in tree.nodes.indices {
      guard let target = tree.value(.ariaControls, of: index), tree.has(.ariaExpanded, index) || isTab(tree, index)
      else { continue }
      found.insert(NameHash(target.trimmed).value)
    }
    return found
  }

  private static func isTab(_ tree: HTMLTree, _ index: HTMLTree.Index) -> Bool {
    tree.value(.role, of: index)?.elementsEqual("tab".utf8) ?? false
  }

  /// Whether a `noscript` says what nothing else does: the picture that a script would load later, or the whole text.
  private func isNeeded(noscript index: HTMLTree.Index) -> Bool {
    var characters = 0
    var paragraphs = 0
    var hasImage = false
    for inner in tree.descendants(index) {
      switch tree.tag(inner) {
      case .text: characters += tree.text(inner).count { !ASCII.isSpace($0) }
      case .p: paragraphs += 1
      case .img: hasImage = true
      case .form, .iframe: return false
      default: continue
      }
    }
    if characters == 0 { return hasImage && !followsImage(index) }
    return keepsPlainPage && paragraphs > 1 && characters > 400
  }

  /// Whether the image close before a `noscript`, in the same element, shows what is in it already.
  private func followsImage(_ index: HTMLTree.Index) -> Bool {
    (max(tree.parent(index) + 1, index - 12)..<index).contains {
      tree.tag($0) == .img && ImageReader.hasAddress(tree, $0)
    }
  }
}
