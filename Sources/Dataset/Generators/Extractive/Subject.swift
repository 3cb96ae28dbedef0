import Preprocessing

/// What a whole document is about, from its title.
///
/// Titles carry what sites add to them: the author's name, `by …`, the name of a newsletter. Parts separated by a bar
/// or a spaced hyphen that hold such words are left out.
func subject(of extract: Extract) -> Topic? {
  guard let title = extract.title else { return nil }
  let parts = title.split(separator: "|").flatMap { splitAtSpacedHyphen(String($0)) }
  let names = extract.authorFullName.lowercased()
  let kept = parts.filter { part in
    let lowercased = part.lowercased()
    return !lowercased.contains(names) && !lowercased.hasPrefix("by ") && !lowercased.contains("newsletter")
  }
  guard let best = kept.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
  return Topic(droppingSeries(best))
}

private func splitAtSpacedHyphen(_ text: String) -> [String] {
  var parts: [String] = [""]
  for word in text.split(separator: " ") {
    if word == "-" || word == "–" {
      parts.append("")
    } else {
      parts[parts.count - 1] += parts[parts.count - 1].isEmpty ? String(word) : " \(word)"
    }
  }
  return parts
}

/// Drops the short capitals of a series in front of a title, as in `XY: A title`.
private func droppingSeries(_ title: String) -> String {
  guard let colon = title.firstIndex(of: ":") else { return title }
  let series = title[..<colon]
  return series.count <= 4 && series.allSatisfy(\.isUppercase) ? String(title[title.index(after: colon)...]) : title
}
