import ArgumentParser
import Foundation
import Pipelines

/// The command line. Each subcommand has a file of its own in `Commands/`.
@main
struct Twin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "twin",
    abstract: "Builds what an LLM twin is made of from what one person wrote.",
    discussion: """
      etl crawls links, exports and files into the warehouse; features cleans, cuts and embeds them into the vector \
      store; dataset makes fine-tuning pairs. Each may be run again at any time: only what changed is done.

      EXAMPLE
        twin run --config configs/sample.yaml
      """,
    version: twinVersion,
    subcommands: [
      EtlCommand.self, FeaturesCommand.self, DatasetCommand.self, RunCommand.self, PlanCommand.self, SearchCommand.self,
      WarehouseCommand.self, VectorsCommand.self, DeleteCommand.self, GraphCommand.self, RunsCommand.self,
      ArtifactsCommand.self, QuarantineCommand.self,
      ModelCommand.self, DoctorCommand.self, ConfigCommand.self,
      InitCommand.self,
      ExtractCommand.self, CrawlCommand.self, CleanCommand.self, ChunkCommand.self, TokenizeCommand.self,
      EmbedCommand.self, GenerateCommand.self, StepCommand.self,
    ])

  static func main() async {
    let task = Task { await run() }
    let signals = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        // What a C library waits for cannot be cancelled. Who asks again does not wait for it: no store minds, since a
        // kill may come at any time.
        if task.isCancelled { _exit(ExitStatus.interrupted.rawValue) }
        task.cancel()
      }
      source.resume()
      return source
    }
    // A closed pipe is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    let status = await task.value
    for source in signals { source.cancel() }
    Foundation.exit(status)
  }

  private static func run() async -> Int32 {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return ExitStatus.done.rawValue
    } catch {
      return report(error)
    }
  }

  /// Says what went wrong, if it has not been said, and chooses the exit code.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let code as ExitCode: return code.rawValue
    case is CancellationError:
      StandardStreams.printError("twin: interrupted; what was done is kept, and the next run goes on from there.")
      return ExitStatus.interrupted.rawValue
    case let error as ConfigurationError:
      StandardStreams.printError("twin: \(error)")
      return ExitStatus.usage.rawValue
    case DataflowError.unknownNames, PipelineError.nothingSelected, PipelineError.nothingToDelete,
      PipelineError.unknownAuthor,
      WarehouseError.invalidURL,
      WarehouseError.unknownCollection, WarehouseError.copiesToItself,
      VectorStoreError.unknownStore, VectorStoreError.noPath, VectorStoreError.unusablePrefix,
      VectorStoreError.copiesToItself, SnapshotError.unknownName:
      StandardStreams.printError("twin: \(error)")
      return ExitStatus.usage.rawValue
    case ModelPullError.badName, ModelPullError.unknownModel, ModelPullError.noSource:
      StandardStreams.printError("twin: \(error)")
      return ExitStatus.usage.rawValue
    case let error as GenerationError:
      StandardStreams.printError("twin: \(error)")
      return ExitStatus.usage.rawValue
    case SearchError.emptyStore: break
    case let error as SearchError:
      StandardStreams.printError("twin: \(error)")
      return ExitStatus.usage.rawValue
    case DataflowError.locked, PipelineError.storeInUse:
      StandardStreams.printError("twin: \(error)")
      return ExitStatus.locked.rawValue
    default: break
    }
    // Help and version are results; whatever else the parser has to say is about the usage.
    if exitCode(for: error) == .success {
      StandardStreams.printOutput(withExampleLast(fullMessage(for: error)))
      return ExitStatus.done.rawValue
    }
    if exitCode(for: error) == .validationFailure {
      StandardStreams.printError(fullMessage(for: error))
      return ExitStatus.usage.rawValue
    }
    StandardStreams.printError("twin: \(error)")
    return ExitStatus.couldNotRun.rawValue
  }
}
