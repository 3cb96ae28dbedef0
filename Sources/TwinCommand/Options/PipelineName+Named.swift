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
}
