/// The name of a type as one writes it: `[Chunk]`, `[String: Int]` and `Int?` rather than `Array<Chunk>` and so on.
func typeName(_ type: any Any.Type) -> String {
  var rest = Substring("\(type)")
  return sugared(&rest)
}

/// Reads one type from the front of `rest`, as the runtime prints it.
private func sugared(_ rest: inout Substring) -> String {
  let name = rest.prefix { !"<>,".contains($0) }
  rest = rest.dropFirst(name.count)
  guard rest.first == "<" else { return String(name) }
  var arguments: [String] = []
  while let separator = rest.first, separator != ">" {
    rest = rest.dropFirst()
    arguments.append(sugared(&rest).drop { $0 == " " }.description)
  }
  rest = rest.dropFirst()
  switch (name, arguments.count) {
  case ("Array", 1): return "[\(arguments[0])]"
  case ("Optional", 1): return "\(arguments[0])?"
  case ("Dictionary", 2): return "[\(arguments[0]): \(arguments[1])]"
  default: return "\(name)<\(arguments.joined(separator: ", "))>"
  }
}
