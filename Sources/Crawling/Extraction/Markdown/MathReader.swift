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
    tree.string(.display, of: math) == "block"
  }

  /// Without the `{\displaystyle …}` that renderers put around a formula.
  private static func unwrapped(_ tex: String) -> String {
    let prefix = "{\\displaystyle "
    guard tex.hasPrefix(prefix), tex.hasSuffix("}") else { return tex }
    return TextCleaner.line(String(tex.dropFirst(prefix.count).dropLast()))
  }
}
