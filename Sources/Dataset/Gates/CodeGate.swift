import Foundation

/// Whether code in answers is whole: fences are closed, and what is marked as JSON can be read.
struct CodeGate: SampleGate {
  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    for (name, text) in sample.fields.dropFirst() {
      var open: (mark: Character, count: Int, language: Substring)?
      var json = ""
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let bare = line.drop { $0 == " " }
        guard let fence = open else {
          open = openingFence(bare)
          json = ""
          continue
        }
        let marks = bare.prefix { $0 == fence.mark }.count
        if marks >= fence.count, bare.dropFirst(marks).allSatisfy(\.isWhitespace) {
          if fence.language == "json", !isJSON(json) {
            return Finding("bad_json", "the \(name) has JSON that cannot be read: \(json.prefix(60))")
          }
          open = nil
        } else {
          json += line + "\n"
        }
      }
      if let open {
        return Finding(
          "open_fence", "the \(name) ends within code that \(String(repeating: open.mark, count: 3)) begins")
      }
    }
    return nil
  }

  /// A fence as in CommonMark 0.31, section 4.5: three or more of one mark, and of backticks none behind them.
  private func openingFence(_ line: Substring) -> (mark: Character, count: Int, language: Substring)? {
    guard let mark = line.first, mark == "`" || mark == "~" else { return nil }
    let count = line.prefix { $0 == mark }.count
    let info = line.dropFirst(count)
    guard count >= 3, mark == "~" || !info.contains("`") else { return nil }
    return (mark, count, info.split(separator: " ").first.map { Substring($0.lowercased()) } ?? "")
  }

  private func isJSON(_ text: String) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])) != nil
  }
}
