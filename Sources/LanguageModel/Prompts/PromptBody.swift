/// Reads the messages of a prompt file and their holes.
struct PromptBody {
  let file: String
  private(set) var messages: [PromptMessage] = []
  private(set) var holes: [(name: String, line: Int)] = []

  init(file: String) { self.file = file }

  /// Reads the lines from an index on.
  ///
  /// - Throws: ``PromptError/badLine(file:line:reason:)``.
  mutating func read(_ lines: [String], from start: Int) throws {
    var role: Message.Role?
    var section: [(text: String, line: Int)] = []
    for (index, line) in lines.enumerated().dropFirst(start) {
      if line.hasPrefix("@"), let next = Message.Role(rawValue: String(line.dropFirst())) {
        try end(section, role)
        (role, section) = (next, [])
      } else if line.hasPrefix("\\@") {
        section.append((String(line.dropFirst()), index + 1))
      } else {
        section.append((line, index + 1))
      }
    }
    try end(section, role)
    guard messages.contains(where: { $0.role == .user }) else {
      throw PromptError.badLine(
        file: file, line: min(start + 1, lines.count), reason: "the prompt has no message of the user")
    }
  }

  /// Adds a message, without blank lines at its ends.
  private mutating func end(_ section: [(text: String, line: Int)], _ role: Message.Role?) throws {
    var rest = section[...]
    func isBlank(_ line: (text: String, line: Int)?) -> Bool {
      line?.text.allSatisfy { $0 == " " || $0 == "\t" } ?? false
    }
    while isBlank(rest.first) { rest.removeFirst() }
    while isBlank(rest.last) { rest.removeLast() }
    guard let first = rest.first else { return }
    guard role != nil || messages.isEmpty else {
      throw PromptError.badLine(file: file, line: first.line, reason: "this belongs to no message")
    }
    var message = PromptMessage(role: role ?? .user, parts: [])
    for (index, line) in rest.enumerated() {
      try read(line.text, line.line, into: &message)
      if index < rest.count - 1 { message.add("\n") }
    }
    messages.append(message)
  }

  private mutating func read(_ text: String, _ line: Int, into message: inout PromptMessage) throws {
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      let before = rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      if before.hasSuffix("\\") {
        message.add(before.dropLast() + "{{")
        continue
      }
      if rest.first == "{" {
        // Of three braces the last two may be a hole's.
        message.add(before + "{")
        rest = text[text.index(after: open.lowerBound)...]
        continue
      }
      let inside = rest.drop { $0 == " " }
      // Only what begins as a name is meant as a hole: `{{"a": 1}}` is JSON.
      guard let first = inside.first, isHoleName(String(first)) else {
        message.add(before + "{{")
        continue
      }
      guard let close = rest.firstRange(of: "}}") else {
        throw PromptError.badLine(
          file: file, line: line, reason: "a hole is opened and not closed: write {{name}}")
      }
      let name = rest[..<close.lowerBound].split(separator: " ").joined(separator: " ")
      guard isHoleName(name) else {
        throw PromptError.badLine(
          file: file, line: line,
          reason: "`{{\(name)}}` is no hole, which has one name and nothing else; write \\{{ for braces that are text")
      }
      message.add(before)
      message.parts.append(.hole(name))
      holes.append((name, line))
      rest = rest[close.upperBound...]
    }
    message.add(rest)
  }
}

extension PromptMessage {
  /// Adds text, to that which is there already if it ends in text.
  fileprivate mutating func add(_ text: some StringProtocol) {
    guard !text.isEmpty else { return }
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + String(text))
    } else {
      parts.append(.text(String(text)))
    }
  }
}
