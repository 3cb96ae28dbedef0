import ArgumentParser
import Foundation
import Pipelines

/// The options that say what of a pipeline is run.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Restrict the run to these authors or sources, comma-separated.", valueName: "names"))
  var only: String?

  @Flag(help: "Make everything anew, whatever earlier runs left.")
  var noCache = false

  /// A runner that keeps to them.
  func runner(_ stores: Stores) -> PipelineRunner {
    var runner = PipelineRunner(stores)
    runner.only = only?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    runner.isCacheIgnored = noCache
    return runner
  }
}
