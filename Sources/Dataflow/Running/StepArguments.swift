public import Foundation

/// What one step needs, read from JSON: with both parts a run of the step runs nothing but it.
public struct StepArguments: Sendable {
  /// What no step makes.
  public var inputs: [String: any Sendable]
  /// What other steps would make.
  public var overrides: [String: any Sendable]
}

extension Graph {
  /// Reads what one step needs from JSON, so that another orchestrator than this one can run it.
  ///
  /// - Parameter json: the JSON of each need, by name; of the input that chooses a variant its case as a string.
  /// - Throws: ``DataflowError/invalidGraph(_:)`` for an unknown step and for names that it does not need;
  ///   ``DataflowError/badArgument(step:need:reason:)``. What is missing, the run says.
  public func arguments(of step: String, json: [String: Data]) throws -> StepArguments {
    let candidates = steps.map(\.signature).filter { $0.name == step }
    guard !candidates.isEmpty else {
      let nearest = nearestName(to: step, in: steps.map(\.signature.name))
      throw DataflowError.invalidGraph([.unknownStep(step, nearest: nearest)])
    }
    var arguments = StepArguments(inputs: [:], overrides: [:])
    var unknown: [GraphProblem] = []
    for (name, data) in json.sorted(by: { $0.key < $1.key }) {
      if let variant = candidates.lazy.compactMap(\.variant).first(where: { $0.input == name }) {
        arguments.inputs[name] = try choice(variant, data, step)
      } else if let need = candidates.lazy.flatMap(\.needs).first(where: { $0.name == name }) {
        let value = try read(need, data, step)
        if steps.contains(where: { $0.signature.name == name }) {
          arguments.overrides[name] = value
        } else {
          arguments.inputs[name] = value
        }
      } else {
        let known = candidates.flatMap { $0.needs.map(\.name) + [$0.variant?.input].compactMap { $0 } }
        unknown.append(.unknownInput(name, nearest: nearestName(to: name, in: known)))
      }
    }
    guard unknown.isEmpty else { throw DataflowError.invalidGraph(unknown) }
    try checkAllMade(step, candidates, arguments)
    return arguments
  }

  /// What another step makes must be given: to leave it out would run that step, too.
  private func checkAllMade(_ step: String, _ candidates: [StepSignature], _ arguments: StepArguments) throws {
    let made = Set(steps.map(\.signature.name))
    let missing = candidates.filter { candidate in
      candidate.variant.map { arguments.inputs[$0.input].map($0.matches) ?? false } ?? true
    }.flatMap(\.needs).map(\.name).filter { made.contains($0) && arguments.overrides[$0] == nil }
    guard missing.isEmpty else {
      throw DataflowError.invalidGraph(missing.map { .missingInput($0, step: step, nearest: nil) })
    }
  }

  private func choice(_ variant: Variant, _ data: Data, _ step: String) throws -> any Sendable {
    let word = (try? recordDecoder().decode(String.self, from: data)) ?? String(decoding: data, as: UTF8.self)
    guard let value = variant.parse(word) else {
      throw DataflowError.badArgument(
        step: step, need: variant.input, reason: "'\(shortened(word, to: 80))' is none of its choices")
    }
    return value
  }

  private func read(_ need: Need, _ data: Data, _ step: String) throws -> any Sendable {
    guard let codec = need.codec else {
      throw DataflowError.badArgument(
        step: step, need: need.name, reason: "its type, \(typeName(need.type)), cannot be read from JSON")
    }
    do {
      return try codec.decode(data)
    } catch {
      throw DataflowError.badArgument(
        step: step, need: need.name, reason: "it is not the JSON of \(codec.name): \(errorText(error))")
    }
  }
}

extension GraphRun {
  /// The JSON of the value of a step that was asked for: sorted keys, no white space.
  ///
  /// - Throws: ``DataflowError/noValue(step:reason:)``; what the value throws when it is encoded.
  public func json(of step: String) throws -> Data {
    guard let type = types[step], let value = values[step] else {
      throw DataflowError.noValue(step: step, reason: absence(of: step))
    }
    return try type.encode(value)
  }
}
