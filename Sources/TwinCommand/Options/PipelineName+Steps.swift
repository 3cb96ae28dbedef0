import ArgumentParser
import Pipelines

extension PipelineName {
  /// The pipeline of a name that was given.
  ///
  /// - Throws: `ValidationError` with the nearest name.
  init(named name: String) throws {
    if let pipeline = PipelineName(rawValue: name) {
      self = pipeline
      return
    }
    let names = Self.allCases.map(\.rawValue)
    let advice =
      nearestName(to: name, in: names).map { "did you mean `\($0)`?" }
      ?? "there are \(names.map { "`\($0)`" }.joined(separator: ", "))."
    throw ValidationError("there is no pipeline `\(name)`; \(advice)")
  }

  /// The signatures of its steps, for which nothing has to be opened.
  var signatures: [StepSignature] {
    switch self {
    case .etl: ETLPipeline.steps.map(\.signature)
    case .features: FeaturePipeline.steps.map(\.signature)
    case .dataset: DatasetPipeline.steps.map(\.signature)
    }
  }

  /// The steps that it is run for: those whose products no other step needs.
  var products: [String] {
    let needed = Set(signatures.flatMap { $0.needs.map(\.name) })
    return signatures.map(\.name).filter { !needed.contains($0) }
  }
}
