/// Turns the signatures of steps into nodes and edges.
struct PictureBuilder {
  private let steps: [StepSignature]
  private let requested: Set<String>
  private let overrides: Set<String>
  private let record: RunRecord?
  private let records: [String: StepRecord]
  private let stepNames: Set<String>
  /// The steps whose product is made item by item.
  private let fanOuts: Set<String>
  private var choices: [String: String]
  /// The names to be drawn; nil for all.
  var shown: Set<String>?
  /// The names on the path that is picked out.
  var highlighted: Set<String> = []

  init(
    steps: [StepSignature], requested: Set<String>, overrides: Set<String>, choices: [String: String],
    record: RunRecord?
  ) {
    self.steps = steps
    self.requested = requested
    self.overrides = overrides
    self.choices = choices
    self.record = record
    records = Dictionary((record?.steps ?? []).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    stepNames = Set(steps.map(\.name))
    fanOuts = Set(steps.filter { $0.fan != nil }.map(\.name))
    for (input, value) in record?.inputs ?? [:] where choices[input] == nil {
      guard case .string(let choice) = value else { continue }
      let isChoice = steps.contains { $0.variant?.input == input && $0.variant?.choice == choice }
      if isChoice { self.choices[input] = choice }
    }
  }

  func picture(title: String) -> GraphPicture {
    var picture = GraphPicture(title: title, runID: record?.runID, runStatus: record?.status)
    let drawn = steps.filter(isDrawn)
    let ids = identifiers(of: drawn)
    var producers: [String: [(id: String, step: StepSignature)]] = [:]
    for (step, id) in zip(drawn, ids) { producers[step.name, default: []].append((id, step)) }
    addConfigurations(of: drawn, ids, to: &picture)
    for (step, id) in zip(drawn, ids) {
      if !overrides.contains(step.name) {
        addInputs(of: step, id, to: &picture)
        for need in step.needs {
          for producer in producers[need.name] ?? [] {
            let isOnPath = highlighted.contains(need.name) && highlighted.contains(step.name)
            let kind = edgeKind(from: need.name, to: step)
            picture.edges.append(.init(from: producer.id, to: id, kind: kind, isHighlighted: isOnPath))
          }
        }
      }
      picture.nodes.append(node(of: step, id))
    }
    return picture
  }

  private func isDrawn(_ step: StepSignature) -> Bool {
    if let shown, !shown.contains(step.name) { return false }
    guard let variant = step.variant, let choice = choices[variant.input] else { return true }
    return variant.choice == choice
  }

  /// The name where it is the only one; else with the variant, and with a number where even that is not enough.
  private func identifiers(of drawn: [StepSignature]) -> [String] {
    let uses = Dictionary(drawn.map { ($0.name, 1) }, uniquingKeysWith: +)
    var taken: [String: Int] = [:]
    return drawn.map { step in
      let variant = step.variant.map { ": \($0.input) = \($0.choice)" } ?? ""
      let id = uses[step.name] == 1 ? step.name : step.name + variant
      let number = taken[id, default: 0] + 1
      taken[id] = number
      return number == 1 ? id : "\(id) #\(number)"
    }
  }

  private func node(of step: StepSignature, _ id: String) -> GraphPicture.Node {
    let collects = step.needs.contains { edgeKind(from: $0.name, to: step) == .collect }
    var node = GraphPicture.Node(
      id: id, name: step.name, type: typeName(step.produces),
      kind: step.fan != nil ? .fanOut : collects ? .collect : .step)
    node.variant = step.variant.map { "\($0.input) = \($0.choice)" }
    node.concurrency = step.fan == nil ? nil : step.concurrency
    node.isRequested = requested.contains(step.name)
    node.isOverridden = overrides.contains(step.name)
    node.isHighlighted = highlighted.contains(step.name)
    node.isSink = record?.artifacts.contains { $0.name == step.name && $0.isOutsideOfRecords } ?? false
    node.outcome = records[step.name].map { .init(status: $0.status, seconds: $0.seconds, items: $0.items) }
    return node
  }

  private func edgeKind(from need: String, to step: StepSignature) -> GraphPicture.Edge.Kind {
    if step.fan?.need == need { return .each }
    return fanOuts.contains(need) ? .collect : .value
  }

  private func addInputs(of step: StepSignature, _ id: String, to picture: inout GraphPicture) {
    let inputs = step.needs.filter { !stepNames.contains($0.name) }
    guard !inputs.isEmpty else { return }
    let isOnPath = highlighted.contains(step.name) && inputs.contains { highlighted.contains($0.name) }
    var node = GraphPicture.Node(id: "_\(id)_inputs", name: "inputs of \(step.name)", kind: .inputs)
    node.isHighlighted = isOnPath
    node.rows = inputs.map {
      .init(name: $0.name, type: typeName($0.type), isOptional: $0.defaultValue != nil)
    }
    let kind: GraphPicture.Edge.Kind =
      inputs.contains { $0.name == step.fan?.need } ? .each : node.rows.allSatisfy(\.isOptional) ? .optional : .value
    picture.nodes.append(node)
    picture.edges.append(.init(from: node.id, to: id, kind: kind, isHighlighted: isOnPath))
  }

  private func addConfigurations(of drawn: [StepSignature], _ ids: [String], to picture: inout GraphPicture) {
    var numbers: [String: Int] = [:]
    for (step, id) in zip(drawn, ids) {
      guard let variant = step.variant, !overrides.contains(step.name), !stepNames.contains(variant.input) else {
        continue
      }
      let isOnPath = highlighted.contains(variant.input) && highlighted.contains(step.name)
      if numbers[variant.input] == nil {
        numbers[variant.input] = picture.nodes.count
        picture.nodes.append(
          .init(
            id: "_\(variant.input)_configuration", name: variant.input, type: typeName(variant.type),
            kind: .configuration))
      }
      guard let number = numbers[variant.input] else { continue }
      if !picture.nodes[number].rows.contains(where: { $0.name == variant.choice }) {
        picture.nodes[number].rows.append(.init(name: variant.choice))
      }
      if isOnPath { picture.nodes[number].isHighlighted = true }
      picture.edges.append(
        .init(from: picture.nodes[number].id, to: id, kind: .choice, isHighlighted: isOnPath))
    }
  }
}

extension ArtifactRecord {
  /// Whether the data lies in a store of its own, such as a database, and not in a file beside the records.
  fileprivate var isOutsideOfRecords: Bool {
    uri.map { !$0.hasPrefix("file:") } ?? false
  }
}
