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
    checkInputs(of: order)
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
      if let other = active.updateValue(index, forKey: step.name) { reportTwo(other, index) }
    }
    for (name, variants) in variants.sorted(by: { $0.key < $1.key }) { checkCoverage(name, variants) }
    for (name, variants) in variants where active[name] == nil && overrides[name] == nil {
      guard let variant = variants.first else { continue }
      unmatched[name] =
        inputs[variant.input] == nil
        ? .missingInput(variant.input, step: name, nearest: nearestName(to: variant.input, in: inputs.keys.sorted()))
        : .noVariant(step: name, input: variant.input, choices: variants.map(\.choice))
    }
  }

  /// Two steps of one name take part: both always, or both under the choice that was made.
  private mutating func reportTwo(_ first: Int, _ second: Int) {
    let (first, second) = (steps[first], steps[second])
    if let left = first.variant, let right = second.variant, left.input == right.input, first.module == second.module {
      let choice = inputs[left.input].map { "\($0)" } ?? ""
      problems.append(.overlappingVariants(step: first.name, input: left.input, choice: choice))
    } else {
      let modules = first.module == second.module ? [] : [first.module, second.module]
      problems.append(.duplicateStep(first.name, modules: modules))
    }
  }

  /// Every choice must have its variant, also those that were not made.
  private mutating func checkCoverage(_ step: String, _ variants: [Variant]) {
    guard let input = variants.first?.input, variants.allSatisfy({ $0.input == input }) else { return }
    let coverages = variants.compactMap(\.coverage)
    guard coverages.count == variants.count, let values = coverages.first?.map(\.value) else { return }
    var uncovered: [String] = []
    for (index, value) in values.enumerated() {
      let count = coverages.count { $0.indices.contains(index) && $0[index].isCovered }
      if count == 0 { uncovered.append(value) }
      let isChosen = inputs[input].map { "\($0)" == value } ?? false
      if count > 1, !isChosen {
        problems.append(.overlappingVariants(step: step, input: input, choice: value))
      }
    }
    if !uncovered.isEmpty { problems.append(.uncoveredChoices(step: step, input: input, choices: uncovered)) }
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
        if need.form != .value, steps[producer].fan == nil {
          problems.append(.noItems(step: step.name, need: need.name))
        }
        let found = steps[producer].produces
        guard !found.isSame(as: need.type) else { continue }
        problems.append(
          .wrongProduct(
            step: step.fullName, need: need.name, expected: typeName(need.type), producer: steps[producer].fullName,
            found: found.name))
      } else if let problem = unmatched[need.name] {
        problems.append(problem)
      } else if need.defaultValue == nil {
        let candidates = inputs.keys.sorted() + active.keys.sorted()
        problems.append(
          .missingInput(need.name, step: step.name, nearest: nearestName(to: need.name, in: candidates)))
      }
    }
  }

  /// Steps that need one input must agree on its type, whatever was given.
  private mutating func checkInputs(of order: [Int]) {
    var first: [String: (step: Int, need: Need)] = [:]
    for index in order {
      for need in steps[index].needs where active[need.name] == nil && unmatched[need.name] == nil {
        guard let other = first[need.name] else {
          first[need.name] = (index, need)
          continue
        }
        guard ObjectIdentifier(other.need.type) != ObjectIdentifier(need.type) else { continue }
        problems.append(
          .conflictingInput(
            need.name, step: steps[index].fullName, expected: typeName(need.type), other: steps[other.step].fullName,
            otherExpected: typeName(other.need.type)))
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
