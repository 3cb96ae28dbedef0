import Preprocessing

/// Requests for a top-level declaration of a source file by its kind and name.
func sourceDrafts(_ text: ExtractText) -> [Draft] {
  guard let path = text.extract.path, let (kind, name) = declaration(in: text.extract.text) else { return [] }
  let instruction = choose(Phrasing.code(kind, name, path: path), by: text.key("code"))
  let link = text.extract.link
  return [Draft(instruction: instruction, distinctInstruction: "\(instruction) (\(link))", answer: text.whole)]
}

/// The kind and name of the first declaration at the left margin, in the languages that name it by a keyword.
private func declaration(in source: String) -> (kind: String, name: String)? {
  for line in source.split(separator: "\n") {
    guard let first = line.first, first.isLetter else { continue }
    var words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }[...]
    while let word = words.popFirst() {
      guard let kind = declarationKinds[String(word)] else { continue }
      guard let name = words.first, name.count >= 2, declarationKinds[String(name)] == nil else { continue }
      return (kind, String(name))
    }
  }
  return nil
}

private let declarationKinds = [
  "func": "function", "def": "function", "fn": "function", "function": "function", "class": "class", "struct": "struct",
  "enum": "enum", "protocol": "protocol", "interface": "interface", "trait": "trait", "actor": "actor",
  "extension": "extension", "object": "object", "module": "module", "type": "type", "impl": "implementation of",
]
