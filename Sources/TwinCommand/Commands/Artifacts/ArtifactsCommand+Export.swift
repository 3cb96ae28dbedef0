import ArgumentParser
import Foundation
import Pipelines

extension ArtifactsCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the value of an artifact as JSON.",
      discussion: """
        \(artifactReferenceHelp) The value is taken from the cache, where those of cached steps are.

        EXAMPLE
          twin artifacts export chunks --output chunks.json --config configs/sample.yaml
        """)

    @Argument(help: "The artifact: NAME, NAME@VERSION, or the beginning of an identifier.") var artifact: String
    @Option(
      help: ArgumentHelp("The file, which is replaced as a whole; `-` for standard output.", valueName: "file"),
      completion: .file(extensions: ["json"]))
    var output: String
    @Option(help: "Whose artifact it is.") var pipeline: PipelineName?
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

    func run() async throws {
      let settings = try configuration.load()
      let record = try settings.runStore.artifact(named: artifact, pipeline: pipeline?.rawValue)
      let (output, cache) = (output, settings.resultCache)
      try await offPool {
        // One that is not there is not made by looking into it.
        guard FileManager.default.fileExists(atPath: cache.folder.path) else {
          throw InputError.cannotRead(
            name: "the cache \(cache.folder.path)", reason: "it is not there; run the pipeline again to fill it")
        }
        let values = try cache.open()
        if output == "-" {
          try values.export(record) { try writeToOutput($0) }
          try writeToOutput(Data("\n".utf8))
        } else {
          let file = try ResultFile(output)
          try values.export(record) { try file.write($0) }
          try file.finish()
        }
      }
      if output != "-" { StandardStreams.printError("wrote \(output)") }
    }
  }
}
