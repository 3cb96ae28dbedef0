/// Makes a plan of steps, and finds all that is wrong on the way.
struct Planner {
  private let steps: [StepSignature]
  private let inputs: [String: any Sendable]
  private let overrides: [String: any Sendable]
  private var problems: [GraphProblem] = []
  /// The steps that take part under the chosen variants, by name.
  private var active: [String: Int] = [:]
  /// What to say when a step is needed of which no variant takes part.
  private var unmatched: [String: GraphProblem] = [:]

  init(steps: [StepSignature], inputs: [String: any Sendable], overrides: [String: any Sendable]) {
    self.steps = steps
    self.inputs = inputs
    self.overrides = overrides
  }

  /// - Throws: ``DataflowError/invalidGraph(_:)`` with all problems.
  mutating func plan(_ names: [String]) throws -> Plan {
    selectVariants()
    checkNames(names)
    findCycles()
    let order = ancestors(of: names)
    for step in order { checkNeeds(of: step) }
    guard problems.isEmpty else { throw DataflowError.invalidGraph(problems) }
    return layOut(order, names)
  }

  private mutating func selectVariants() {
    var variants: [String: [Variant]] = [:]
    for (index, step) in steps.enumerated() {
      if let variant = step.variant {
        variants[step.name, default: []].append(variant)
        guard let value = inputs[variant.input], variant.matches(value) else { continue }
      }
      if active.updateValue(index, forKey: step.name) != nil { problems.append(.duplicateStep(step.name)) }
    }
    for (name, variants) in variants where active[name] == nil && overrides[name] == nil {
      guard let variant = variants.first else { continue }
      unmatched[name] =
        inputs[variant.input] == nil
        ? .missingInput(variant.input, step: name, nearest: nearestName(to: variant.input, in: inputs.keys.sorted()))
        : .noVariant(step: name, input: variant.input, choices: variants.map(\.choice))
    }
  }

  private mutating func checkNames(_ names: [String]) {
    let stepNames = Set(steps.map(\.name))
    var inputNames = Set<String>()
    for step in steps {
      for need in step.needs where !stepNames.contains(need.name) { inputNames.insert(need.name) }
      if let variant = step.variant { inputNames.insert(variant.input) }
    }
    for name in names where !stepNames.contains(name) {
      problems.append(.unknownStep(name, nearest: nearestName(to: name, in: stepNames.sorted())))
    }
    problems += names.compactMap { unmatched[$0] }
    for name in inputs.keys.sorted() {
      if stepNames.contains(name) {
        problems.append(.inputShadowsStep(name))
      } else if !inputNames.contains(name) {
        problems.append(.unknownInput(name, nearest: nearestName(to: name, in: inputNames.sorted())))
      }
    }
    for name in overrides.keys.sorted() where !stepNames.contains(name) {
      problems.append(.unknownOverride(name, nearest: nearestName(to: name, in: stepNames.sorted())))
    }
  }

  /// The indices of the steps that `step` needs, in the order of its needs; those that are given are left out.
  private func producers(of step: Int) -> [Int] {
    steps[step].needs.compactMap { overrides[$0.name] == nil ? active[$0.name] : nil }
  }

  private mutating func findCycles() {
    var traversal = Traversal(count: steps.count)
    for index in active.values.sorted() {
      for cycle in traversal.visit(index, next: { step in steps[step].needs.compactMap { active[$0.name] } }) {
        problems.append(.cycle(cycle.map { steps[$0].name }))
      }
    }
  }

  private func ancestors(of names: [String]) -> [Int] {
    var traversal = Traversal(count: steps.count)
    for name in names where overrides[name] == nil {
      guard let index = active[name] else { continue }
      _ = traversal.visit(index, next: producers)
    }
    return traversal.finished
  }

  private mutating func checkNeeds(of index: Int) {
    let step = steps[index]
    if let fan = step.fan, !step.needs.contains(where: { $0.name == fan.need }) {
      problems.append(.fanWithoutNeed(step: step.name, need: fan.need))
    }
    for need in step.needs {
      if let value = overrides[need.name] ?? inputs[need.name] {
        if !need.accepts(value) { problems.append(.wrongValue(need.name, expected: typeName(need.type))) }
      } else if let producer = active[need.name] {
        let found = steps[producer].produces
        guard ObjectIdentifier(found) != ObjectIdentifier(need.type) else { continue }
        problems.append(
          .wrongProduct(
            step: step.name, need: need.name, expected: typeName(need.type), found: typeName(found)))
      } else if let problem = unmatched[need.name] {
        problems.append(problem)
      } else if need.defaultValue == nil {
        let candidates = inputs.keys.sorted() + active.keys.sorted()
        problems.append(
          .missingInput(need.name, step: step.name, nearest: nearestName(to: need.name, in: candidates)))
      }
    }
  }

  private func layOut(_ order: [Int], _ names: [String]) -> Plan {
    var plan = Plan()
    var slots: [String: Int] = [:]
    for (slot, step) in order.enumerated() { slots[steps[step].name] = slot }
    func give(_ value: any Sendable) -> Int {
      plan.given.append(value)
      return order.count + plan.given.count - 1
    }
    for (name, value) in inputs { slots[name] = give(value) }
    for (name, value) in overrides { slots[name] = give(value) }
    for step in order {
      let arguments = steps[step].needs.map { need in
        // Everything but a default has a slot by now; `checkNeeds` saw to it.
        slots[need.name] ?? give(need.defaultValue ?? ())
      }
      plan.steps.append(Plan.PlannedStep(step: step, arguments: arguments))
    }
    for name in names { plan.requested[name] = slots[name] }
    return plan
  }
}
