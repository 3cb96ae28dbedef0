/// Drops what a reader never sees: scripts, controls, hidden elements; and what is marked as being beside the content.
struct InvisiblePruner {
  let tree: HTMLTree
  let hints: [Hints]

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
    if tag.isNeverContent { return tag != .object || tree.first(.p, in: index) == nil }
    if tag == .html || tag == .body { return false }
    guard tree.nodes[index].count > 0 else { return false }
    if isHidden(index) { return tree.first(.math, in: index) == nil }
    if hints[index].contains(.gutter) || hints[index].contains(.invisible) && !holdsContent(index) { return true }
    if tree.hasClass(index, in: SiteRules.chrome) { return true }
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
    guard let style = tree.value(.style, of: index) else { return false }
    let packed = style.filter { !ASCII.isSpace($0) }.map(ASCII.lowercased)
    return Self.hidingStyles.contains { ASCII.find($0, in: packed, from: 0) != nil }
  }

  private static let hidingStyles: [StaticString] = [
    "display:none", "visibility:hidden", "font-size:0;", "font-size:0px", "opacity:0;",
  ]
}
