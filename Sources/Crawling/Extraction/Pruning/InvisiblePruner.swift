/// Drops what a reader never sees: scripts, controls, hidden elements; and what is marked as being beside the content.
struct InvisiblePruner {
  let tree: HTMLTree
  let hints: [Hints]
  /// Whether the long texts for readers without scripts are kept: where a page shows nothing else, they are the page.
  var keepsPlainPage = false

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
    if isHidden(index) { return tree.first(.math, in: index) == nil }
    if hints[index].contains(.gutter) || hints[index].contains(.invisible) && !holdsContent(index) { return true }
    if tree.hasClass(index, in: SiteRules.chrome) { return !MathReader.isRendering(tree, index) }
    if let component = tree.string(.dataComponentName, of: index) {
      return SiteRules.chromeComponents.contains(component)
    }
    return false
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
