/// Which anchors of a content refer to notes, and which elements are those notes.
struct Footnotes {
  /// The label of each referring anchor.
  private(set) var references: [HTMLTree.Index: String] = [:]
  /// The label of each element that is a note.
  private(set) var notes: [HTMLTree.Index: String] = [:]
  /// Anchors that lead back from a note to the text.
  private(set) var returns: Set<HTMLTree.Index> = []

  /// Finds the notes below `root`. A reference is a short anchor in the text whose target comes later; an anchor in
  /// the note that leads up again is its return.
  init(_ tree: HTMLTree, in root: HTMLTree.Index, dropped: DropMask) {
    var anchors: [(index: HTMLTree.Index, target: String)] = []
    var ids: [String: HTMLTree.Index] = [:]
    var index = root
    while index < Int(tree.nodes[root].end) {
      if dropped[index] {
        index = Int(tree.nodes[index].end)
        continue
      }
      if let id = tree.string(.id, of: index), ids[id] == nil { ids[id] = index }
      if tree.tag(index) == .a, let target = tree.string(.href, of: index), let mark = target.firstIndex(of: "#") {
        anchors.append((index, String(target[target.index(after: mark)...])))
      }
      index += 1
    }
    for (anchor, target) in anchors {
      guard let place = ids[target], let label = Self.label(tree, anchor) else { continue }
      if place > anchor, Self.looksLikeReference(tree, anchor) {
        // The list item or block that the target stands for.
        let note = max(tree.block(around: place), root)
        guard note > anchor, notes[note] == nil || notes[note] == label else { continue }
        references[anchor] = label
        notes[note] = label
      }
    }
    for (anchor, target) in anchors where references[anchor] == nil {
      guard let place = ids[target], place < anchor, isInNote(anchor, tree) else { continue }
      returns.insert(anchor)
    }
  }

  private func isInNote(_ index: HTMLTree.Index, _ tree: HTMLTree) -> Bool {
    var current = index
    while current > 0 {
      if notes[current] != nil { return true }
      current = tree.parent(current)
    }
    return false
  }

  /// The anchor's text without brackets, when it is as short as a note's label is.
  private static func label(_ tree: HTMLTree, _ anchor: HTMLTree.Index) -> String? {
    let text = tree.lineText(anchor).filter { $0 != "[" && $0 != "]" && $0 != "^" && !$0.isWhitespace }
    guard (1...6).contains(text.utf8.count) else { return nil }
    return text
  }

  private static func looksLikeReference(_ tree: HTMLTree, _ anchor: HTMLTree.Index) -> Bool {
    if tree.hasAncestor(anchor, where: { $0 == .sup }) || tree.first(.sup, in: anchor) != nil { return true }
    if tree.string(.role, of: anchor) == "doc-noteref" { return true }
    return tree.anyClass(of: anchor) { $0.contains("footnote") || $0.contains("noteref") }
  }
}
