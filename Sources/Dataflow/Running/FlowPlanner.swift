/// Groups the steps of a plan to units: joins steps that fan out over one another to flows.
///
/// A step can join the flow that makes its items if everything else that it needs is there before the flow begins. To
/// see that, each product has a stage: a flow's lists are there one stage after the flow began, all other products in
/// the stage of what they need. A flow begins in one stage, and what its steps need beside the items must not be later.
struct FlowPlanner {
  private let plan: Plan
  private let signatures: [StepSignature]
  private var units: [WorkUnit] = []
  private var flows: [Flow] = []
  /// For each planned step the stage in which its product, as a whole, is there.
  private var stages: [Int] = []
  /// For each planned step its flow, and its node in it; nil for the stream that is a flow's source.
  private var places: [(flow: Int, node: Int?)?] = []
  /// The flows over the list in a slot.
  private var flowsOver: [Int: [Int]] = [:]

  init(_ plan: Plan, _ signatures: [StepSignature]) {
    self.plan = plan
    self.signatures = signatures
  }

  /// The units, in an order in which each could run after those before it.
  mutating func makeUnits() -> [WorkUnit] {
    for step in plan.steps.indices {
      let signature = signatures[step]
      let fan = signature.fan.flatMap { fan in signature.needs.firstIndex { $0.name == fan.need && $0.form == .value } }
      var stage = 0
      for (index, slot) in plan.steps[step].arguments.enumerated() where index != fan && slot < plan.steps.count {
        stage = max(stage, stages[slot])
      }
      if let fan {
        place(step, argument: fan, stage)
      } else if signature.stream != nil {
        flows.append(Flow(source: step, stream: step, stage: stage))
        settle(step, flows.count - 1, nil)
      } else {
        stages.append(stage)
        places.append(nil)
        units.append(WorkUnit(kind: .step(step)))
      }
    }
    return units + flows.map { WorkUnit(kind: .flow($0)) }
  }

  private mutating func place(_ step: Int, argument: Int, _ stage: Int) {
    let slot = plan.steps[step].arguments[argument]
    let isMade = slot < plan.steps.count
    if isMade, let place = places[slot], stage <= flows[place.flow].stage {
      join(step, place.flow, parent: place.node, argument)
    } else if let flow = flowsOver[slot]?.first(where: { stage <= flows[$0].stage }) {
      join(step, flow, parent: nil, argument)
    } else {
      flows.append(Flow(source: slot, stream: nil, stage: max(stage, isMade ? stages[slot] : 0)))
      flowsOver[slot, default: []].append(flows.count - 1)
      join(step, flows.count - 1, parent: nil, argument)
    }
  }

  private mutating func join(_ step: Int, _ flow: Int, parent: Int?, _ argument: Int) {
    flows[flow].nodes.append(Flow.Node(step: step, parent: parent, argument: argument))
    settle(step, flow, flows[flow].nodes.count - 1)
  }

  private mutating func settle(_ step: Int, _ flow: Int, _ node: Int?) {
    stages.append(flows[flow].stage + 1)
    places.append((flow, node))
  }
}
