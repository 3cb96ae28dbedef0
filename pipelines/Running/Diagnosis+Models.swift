import Foundation
import LanguageModel

extension Stores {
  /// What was found out about each configured language model: whether its server is there, of which version, whether it
  /// has the model, and whether it keeps to schemas.
  func diagnoseModels() async -> [Finding] {
    let models = configuration.libraryModels
    if models.isEmpty {
      return [Finding(part: "language_model", isUsable: true, detail: "extractive, which needs no model")]
    }
    var findings: [Finding] = []
    for (index, model) in models.enumerated() {
      let part = index == 0 ? "language_model" : "language_model.fallback[\(index - 1)]"
      do {
        findings.append(try await diagnose(model, part: part))
      } catch {
        findings.append(Finding(part: part, isUsable: false, detail: "\(error)"))
      }
    }
    return findings
  }

  private func diagnose(_ configuration: LanguageModelConfiguration, part: String) async throws -> Finding {
    var configuration = configuration
    // Who asks wants to know now, not after the pauses of a run.
    configuration.retries.attempts = 1
    let status = try await configuration.serverStatus(http)
    guard status.has(configuration.model) != false || configuration.modelPath != nil else {
      let error = LanguageModelError.unknownModel(
        model: configuration.modelName, endpoint: redactedURL(configuration.endpoint),
        advice: "It has \((status.models ?? []).prefix(8).joined(separator: ", ")).")
      return Finding(part: part, isUsable: false, detail: error.description)
    }
    let model = try configuration.makeModel(
      certificateAuthorityFile: self.configuration.http.certificateAuthorityFile)
    let seconds = try await secondsToAnswer(model)
    let schemas = try await SchemaProbe().enforcement(of: model)
    let version = status.version.map { ", server \($0)" } ?? ""
    let detail =
      "\(model.name) answers in \((seconds * 10).rounded() / 10) s\(version), JSON schemas \(words(for: schemas))"
    return Finding(part: part, isUsable: schemas.outcome != .broken, detail: detail)
  }

  private func secondsToAnswer(_ model: any LanguageModel) async throws -> Double {
    let start = ContinuousClock.now
    do {
      _ = try await model.generate(
        GenerationRequest(messages: [Message(.user, "Say yes.")], sampling: Sampling(maximumTokens: 16)))
    } catch LanguageModelError.truncated {
      // A model that says more has answered, too.
    }
    return start.duration(to: .now) / .seconds(1)
  }

  private func words(for finding: SchemaEnforcement) -> String {
    switch finding.outcome {
    case .enforced: "are enforced"
    case .prompted: "are ignored by the server, and kept to when the prompt has them (\(finding.evidence))"
    case .broken: "are kept to in no way, so that datasets cannot be made with it (\(finding.evidence))"
    }
  }
}
