/// Expands `${NAME}` and `${NAME:-default}`; `$${` stands for `${`.
enum VariableExpansion {
  static func expand<Failure: Error>(
    _ text: String, lookup: (String) -> String?, unset: (String) -> Failure
  ) throws -> String {
    guard text.contains("${") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      let before = rest[..<open.lowerBound]
      if before.hasSuffix("$") {
        result += before.dropLast() + "${"
        rest = rest[open.upperBound...]
        continue
      }
      result += before
      guard let close = rest[open.upperBound...].firstIndex(of: "}") else { return result + rest[open.lowerBound...] }
      let body = rest[open.upperBound..<close]
      let parts = body.firstRange(of: ":-").map { (body[..<$0.lowerBound], String(body[$0.upperBound...])) }
      let name = String(parts?.0 ?? body)
      let value = lookup(name)
      if let value, !(value.isEmpty && parts != nil) {
        result += value
      } else if let standIn = parts?.1 {
        result += standIn
      } else {
        throw unset(name)
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
