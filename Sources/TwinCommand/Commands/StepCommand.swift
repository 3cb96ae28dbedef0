import ArgumentParser
import Foundation
import Pipelines

struct StepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Runs single steps of the pipelines, for orchestrators other than twin's own.",
    discussion: """
      EXAMPLE
        twin step run features users --config configs/sample.yaml --output -
      """,
    subcommands: [Run.self])

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs one step on values given as JSON, and writes its product as JSON.",
      discussion: """
        What other steps make must be given, by --inputs or by --input; what the configuration says need not be. \
        `twin graph` shows what each step needs.

        EXAMPLE
          twin step run features users --config configs/sample.yaml --output -
        """)

    @Argument(help: "The pipeline: etl, features or dataset.") var pipeline: String
    @Argument(help: "The step.") var step: String
    @Option(help: ArgumentHelp("All values in one JSON object, or @FILE that holds it.", valueName: "json"))
    var inputs: String?
    @Option(help: ArgumentHelp("The file with the JSON of one value; repeatable.", valueName: "name=file"))
    var input: [String] = []
    @Option(help: ArgumentHelp("Where the product goes; `-` is standard output.", valueName: "file"))
    var output = "-"
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

    func validate() throws {
      guard PipelineName(rawValue: pipeline) != nil else {
        let names = PipelineName.allCases.map(\.rawValue)
        throw ValidationError("There is no pipeline `\(pipeline)`; there are \(names.joined(separator: ", ")).")
      }
    }

    func run() async throws {
      guard let name = PipelineName(rawValue: pipeline) else { return }
      let values = try values()
      let runner = PipelineRunner(Stores(try configuration.load()))
      let (record, product) = try await usageErrors { try await runner.runStep(name, step: step, json: values) }
      for failure in record.failures {
        StandardStreams.printError("twin: \(failure.item ?? "the step") failed: \(failure.error)")
      }
      guard let product else { throw ExitStatus.couldNotRun.code }
      if output == "-" {
        try await writeResult(String(decoding: product, as: UTF8.self) + "\n")
      } else {
        try product.write(to: URL(fileURLWithPath: output), options: .atomic)
      }
      if record.status == .partial { throw ExitStatus.partial.code }
    }

    /// What is wrong with the command line is told as such.
    private func usageErrors<Value>(_ work: () async throws -> Value) async throws -> Value {
      do {
        return try await work()
      } catch let error as DataflowError {
        switch error {
        case .invalidGraph, .badArgument: throw ValidationError(error.description)
        default: throw error
        }
      }
    }

    private func values() throws -> [String: Data] {
      var values: [String: Data] = [:]
      if let inputs {
        let data = inputs.hasPrefix("@") ? try read(String(inputs.dropFirst())) : Data(inputs.utf8)
        guard let object = try? JSONDecoder().decode([String: JSONValue].self, from: data) else {
          throw ValidationError("--inputs takes a JSON object of values by name, or @FILE that holds one.")
        }
        let encoder = JSONEncoder()
        for (name, value) in object { values[name] = try encoder.encode(value) }
      }
      for pair in input {
        guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex else {
          throw ValidationError("--input takes name=file, not `\(pair)`.")
        }
        values[String(pair[..<equals])] = try read(String(pair[pair.index(after: equals)...]))
      }
      return values
    }

    private func read(_ path: String) throws -> Data {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw ValidationError("The file \(path) cannot be read.")
      }
      return data
    }
  }
}
