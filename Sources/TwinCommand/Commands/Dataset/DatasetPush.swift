import ArgumentParser
import Foundation
import Pipelines

/// `twin dataset --push`: makes the set, and sends it.
struct DatasetPush {
  private let options: PipelineOptions
  private let budget: Budget?
  private let configuration: Configuration
  private let destination: HubDestination

  init(_ command: DatasetCommand.Make, _ configuration: Configuration, repository: String) throws {
    options = command.options
    budget = command.budget.flatMap(Budget.init)
    self.configuration = configuration
    let endpoint = configuration.environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 }
    do {
      destination = try HubDestination(
        repository: repository, endpoint: endpoint ?? "https://huggingface.co", isPrivate: command.private)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() async throws {
    if options.dryRun {
      let plan = try plan()
      if options.output.json { return try printJSON(plan) }
      return StandardStreams.printOutput(text(plan))
    }
    guard let token = configuration.environment["HF_TOKEN"], !token.isEmpty else {
      throw ConfigurationError.missing(
        key: "HF_TOKEN", path: "the environment", advice: "make a token that may write at the hub, and set it")
    }
    var outcome: (any Error)?
    do {
      try await options.run([.dataset], budget: budget)
    } catch let code as ExitCode where code == ExitStatus.partial.code {
      // What could be made is written.
      outcome = code
    }
    let report = try await HubPush(
      try plan(), token: token, client: HTTPClient(configuration: HTTPClientConfiguration(configuration))
    ).perform()
    // With --json the run's summary is the one document on standard output.
    let line =
      "pushed \(counted(report.files, "file")) to \(report.page)"
      + (report.deleted.isEmpty ? "" : ", deleted \(report.deleted.joined(separator: ", "))")
    if options.output.json { StandardStreams.printError(line) } else { StandardStreams.printOutput(line) }
    if let outcome { throw outcome }
  }

  private func plan() throws -> HubPushPlan {
    let folder = URL(fileURLWithPath: configuration.dataset.output).appending(path: configuration.dataset.kind)
    return try HubPushPlan(try WrittenDataset(folder: folder), to: destination)
  }

  private func text(_ plan: HubPushPlan) -> String {
    let rows = plan.files.map { ["  " + $0.path, readableSize($0.bytes)] }
    return """
      would push the set of \(counted(plan.samples, "sample")) as it is written now to \(plan.destination.page)\
      \(plan.destination.isPrivate ? " (private if it is made for this)" : ""):
      \(table(rows))
        in all \(readableSize(plan.bytes)); rejected.jsonl stays here
      """
  }
}
