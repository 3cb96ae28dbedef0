/// Finds the TeX source behind formulas.
enum MathReader {
  /// Whether a script element holds a formula for MathJax.
  static func isMathScript(_ tree: HTMLTree, _ index: HTMLTree.Index) -> Bool {
    tree.value(.type, of: index)?.starts(with: "math/tex".utf8) ?? false
  }

  /// Whether a MathJax script stands on a line of its own.
  static func isDisplayScript(_ tree: HTMLTree, _ index: HTMLTree.Index) -> Bool {
    tree.string(.type, of: index)?.contains("mode=display") ?? false
  }

  /// Whether an element is a renderer's own picture of a formula that holds the formula itself, as MathJax 3 makes it;
  /// MathJax 2 puts it into a copy for screen readers, beside the script with the TeX.
  static func isRendering(_ tree: HTMLTree, _ index: HTMLTree.Index) -> Bool {
    guard let math = tree.first(.math, in: index) else { return false }
    var current = tree.parent(math)
    while current >= index {
      if tree.hasClass(current, in: copies) { return false }
      current = tree.parent(current)
    }
    return true
  }

  private static let copies: NameSet = ["mjx_assistive_mathml"]

  /// The TeX of a `math` element: its TeX annotation, else its alternative text, else its bare characters.
  static func tex(_ tree: HTMLTree, _ math: HTMLTree.Index) -> String {
    for index in tree.descendants(math) where tree.tag(index) == .annotation {
      if tree.string(.encoding, of: index)?.lowercased() == "application/x-tex" {
        return unwrapped(tree.lineText(index))
      }
    }
    if let alternative = tree.string(.alttext, of: math), !alternative.isEmpty {
      return unwrapped(TextCleaner.line(alternative))
    }
    return tree.lineText(math)
  }

  /// Whether a `math` element stands on a line of its own.
  static func isDisplay(_ tree: HTMLTree, _ math: HTMLTree.Index) -> Bool {
    if tree.string(.display, of: math) == "block" { return true }
    var current = tree.parent(math)
    for _ in 0..<4 where current > 0 {
      if tree.hasClass(current, in: displays) || tree.string(.display, of: current) == "true" { return true }
      current = tree.parent(current)
    }
    return false
  }

  /// Classes around a formula on a line of its own: KaTeX's.
  private static let displays: NameSet = ["katex-display"]

  /// Without the `{\displaystyle …}` that renderers put around a formula.
  private static func unwrapped(_ tex: String) -> String {
    let prefix = "{\\displaystyle "
    guard tex.hasPrefix(prefix), tex.hasSuffix("}") else { return tex }
    return TextCleaner.line(String(tex.dropFirst(prefix.count).dropLast()))
  }
}
