/// Turns steps into nodes and edges.
struct PictureBuilder {
  private typealias Drawn = (id: String, step: PictureStep)

  private let steps: [PictureStep]
  private let requested: Set<String>
  private let overrides: Set<String>
  private let record: RunRecord?
  private let outcomes: [String: GraphPicture.Outcome]
  private let stepNames: Set<String>
  /// The steps whose product is made item by item.
  private let fanOuts: Set<String>
  /// Whether the steps are of several pipelines.
  private let hasModules: Bool
  private var choices: [String: String]
  /// The names to be drawn; nil for all.
  var shown: Set<String>?
  /// The names on the path that is picked out.
  var highlighted: Set<String> = []

  init(
    steps: [PictureStep], requested: Set<String>, overrides: Set<String>, choices: [String: String],
    record: RunRecord?
  ) {
    self.steps = steps
    self.requested = requested
    self.overrides = overrides
    self.choices = choices
    self.record = record
    outcomes = Dictionary(
      (record?.steps ?? []).map { ($0.name, .init(status: $0.status, seconds: $0.seconds, items: $0.items)) },
      uniquingKeysWith: { $1 })
    stepNames = Set(steps.map(\.name))
    fanOuts = Set(steps.filter { $0.fan != nil }.map(\.name))
    hasModules = Set(steps.map(\.module)).count > 1
    for (input, value) in record?.inputs ?? [:] where choices[input] == nil {
      guard case .string(let choice) = value else { continue }
      let isChoice = steps.contains { $0.condition?.input == input && $0.condition?.holds(choice) == true }
      if isChoice { self.choices[input] = choice }
    }
  }

  func picture(title: String) -> GraphPicture {
    var picture = GraphPicture(title: title, runID: record?.runID, runStatus: record?.status)
    let drawn = identified(steps.filter(isDrawn))
    let producers = Dictionary(grouping: drawn, by: \.step.name)
    addConfigurations(of: drawn, to: &picture)
    for (id, step) in drawn {
      if !overrides.contains(step.name) {
        addInputs(of: step, id, to: &picture)
        for need in step.needs {
          for producer in producers[need.name] ?? [] {
            picture.edges.append(
              .init(
                from: producer.id, to: id, kind: edgeKind(of: need, to: step),
                isHighlighted: isOnPath(need.name, step.name)))
          }
        }
      }
      picture.nodes.append(node(of: step, id))
    }
    return picture
  }

  private func isDrawn(_ step: PictureStep) -> Bool {
    if let shown, !shown.contains(step.name) { return false }
    guard let condition = step.condition, let choice = choices[condition.input] else { return true }
    return condition.holds(choice)
  }

  private func isOnPath(_ names: String...) -> Bool {
    names.allSatisfy(highlighted.contains)
  }

  /// The steps with their names as ids where a name is the only one; else with the variant, and with a number where
  /// even that is not enough.
  private func identified(_ drawn: [PictureStep]) -> [Drawn] {
    let uses = Dictionary(drawn.map { ($0.name, 1) }, uniquingKeysWith: +)
    var taken: [String: Int] = [:]
    return drawn.map { step in
      let variant = step.condition.map { ": \($0.input) = \($0.choice)" } ?? ""
      let id = uses[step.name] == 1 ? step.name : step.name + variant
      let number = taken[id, default: 0] + 1
      taken[id] = number
      return (number == 1 ? id : "\(id) #\(number)", step)
    }
  }

  private func node(of step: PictureStep, _ id: String) -> GraphPicture.Node {
    let collects = step.needs.contains { edgeKind(of: $0, to: step) == .collect }
    var node = GraphPicture.Node(
      id: id, name: step.name, type: step.type, kind: step.fan != nil ? .fanOut : collects ? .collect : .step)
    node.variant = step.condition.map { "\($0.input) = \($0.choice)" }
    node.concurrency = step.concurrency
    node.group = hasModules && !step.module.isEmpty ? step.module : nil
    node.isRequested = requested.contains(step.name)
    node.isOverridden = overrides.contains(step.name)
    node.isHighlighted = isOnPath(step.name)
    node.isSink = record?.artifacts.contains { $0.name == step.name && $0.isOutsideOfRecords } ?? false
    node.outcome = outcomes[step.name]
    return node
  }

  private func edgeKind(of need: PictureStep.Requirement, to step: PictureStep) -> GraphPicture.Edge.Kind {
    switch need.form {
    case .removed: .removed
    case .results: .collect
    case .value: step.fan == need.name ? .each : fanOuts.contains(need.name) ? .collect : .value
    }
  }

  private func addInputs(of step: PictureStep, _ id: String, to picture: inout GraphPicture) {
    let inputs = step.needs.filter { !stepNames.contains($0.name) }
    guard !inputs.isEmpty else { return }
    var node = GraphPicture.Node(id: "_\(id)_inputs", name: "inputs of \(step.name)", kind: .inputs)
    node.isHighlighted = inputs.contains { isOnPath($0.name, step.name) }
    node.rows = inputs.map { .init(name: $0.name, type: $0.type, isOptional: $0.isOptional) }
    let isFan = inputs.contains { $0.name == step.fan }
    let isOptional = inputs.allSatisfy(\.isOptional)
    picture.nodes.append(node)
    picture.edges.append(
      .init(
        from: node.id, to: id, kind: isFan ? .each : isOptional ? .optional : .value,
        isHighlighted: node.isHighlighted))
  }

  /// Adds one note for each input that chooses between variants.
  private func addConfigurations(of drawn: [Drawn], to picture: inout GraphPicture) {
    var numbers: [String: Int] = [:]
    for (id, step) in drawn {
      guard let condition = step.condition, !overrides.contains(step.name) else { continue }
      let number = numbers[condition.input, default: picture.nodes.count]
      if number == picture.nodes.count {
        numbers[condition.input] = number
        picture.nodes.append(
          .init(
            id: "_\(condition.input)_configuration", name: condition.input, type: condition.type,
            kind: .configuration))
      }
      let row = GraphPicture.Row(name: condition.choice)
      if !picture.nodes[number].rows.contains(row) { picture.nodes[number].rows.append(row) }
      let isHighlighted = isOnPath(condition.input, step.name)
      if isHighlighted { picture.nodes[number].isHighlighted = true }
      picture.edges.append(
        .init(from: picture.nodes[number].id, to: id, kind: .choice, isHighlighted: isHighlighted))
    }
  }
}

extension ArtifactRecord {
  /// Whether the data lies in a store of its own, such as a database, and not in a file beside the records.
  fileprivate var isOutsideOfRecords: Bool {
    uri.map { !$0.hasPrefix("file:") } ?? false
  }
}
