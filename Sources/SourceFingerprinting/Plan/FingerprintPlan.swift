/// What to fingerprint: a module and all that it depends on.
///
/// The build plug-in writes it as lines of a key and a value. `target NAME` is the module that the table is for;
/// `module KIND NAME` begins a module, and `folder`, `manifest`, `uses`, `fact` and `file` add to the last one begun.
struct FingerprintPlan: Equatable, Sendable {
  var target = ""
  var modules: [PlannedModule] = []

  /// Reads a plan; throws ``FingerprintingError/badPlan(line:)`` for a line that it does not know, and
  /// ``FingerprintingError/noTarget(name:)``.
  init(_ text: String) throws(FingerprintingError) {
    for line in text.split(separator: "\n") {
      guard let space = line.firstIndex(of: " "), read(line[..<space], String(line[line.index(after: space)...])) else {
        throw .badPlan(line: String(line))
      }
    }
    guard modules.contains(where: { $0.name == target }) else { throw .noTarget(name: target) }
  }

  private mutating func read(_ key: Substring, _ value: String) -> Bool {
    if key == "target" {
      target = value
      return true
    }
    if key == "module" {
      let parts = value.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let kind = PlannedModule.Kind(rawValue: String(parts[0])) else { return false }
      modules.append(PlannedModule(name: String(parts[1]), kind: kind))
      return true
    }
    guard !modules.isEmpty else { return false }
    let last = modules.count - 1
    switch key {
    case "folder": modules[last].folder = value
    case "manifest": modules[last].manifest = value
    case "uses": modules[last].uses.append(value)
    case "fact": modules[last].facts.append(value)
    case "file": modules[last].files.append(value)
    default: return false
    }
    return true
  }

  /// Of each module the modules whose code it can name: itself and all that it depends on.
  func visibleModules() -> [String: Set<String>] {
    let uses = Dictionary(modules.map { ($0.name, $0.uses) }, uniquingKeysWith: +)
    var visible: [String: Set<String>] = [:]
    for module in modules {
      var seen: Set<String> = [module.name]
      var pending = [module.name]
      while let name = pending.popLast() {
        for used in uses[name] ?? [] where seen.insert(used).inserted { pending.append(used) }
      }
      visible[module.name] = seen
    }
    return visible
  }
}
