import ArgumentParser
import Foundation
import Pipelines

extension DatasetCommand {
  struct Make: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes the set that the configuration asks for.",
      discussion: """
        Nothing leaves this machine without --push, which sends the set to the Hugging Face hub with the token in \
        HF_TOKEN. --dry-run says what a language model would cost, and with --push what would be sent.

        EXAMPLE
          twin dataset --config configs/sample.yaml
        """)

    @OptionGroup var options: PipelineOptions
    @Option(
      help: ArgumentHelp(
        "Write a prompt with this many different samples as examples, instead of a set.", valueName: "k")
    )
    var fewShot: Int?
    @Option(
      help: ArgumentHelp(
        "Send the set to this repository of the Hugging Face hub, such as ada/engines.", valueName: "repo"))
    var push: String?
    @Flag(help: "Make the repository of --push a private one.") var `private` = false
    @Option(
      help: ArgumentHelp(
        "The most to spend on the language model in this run: \"500 calls\", \"200000 tokens\", or money by the price table.",
        valueName: "amount"))
    var budget: String?

    func validate() throws {
      if let fewShot, !(1...1000).contains(fewShot) { throw ValidationError("--few-shot must be from 1 to 1000.") }
      if fewShot != nil, push != nil { throw ValidationError("--few-shot and --push exclude each other.") }
      if let budget, Budget(budget) == nil {
        throw ValidationError("--budget takes `500 calls`, `200000 tokens` or an amount such as 2.50, not `\(budget)`.")
      }
      if `private`, push == nil { throw ValidationError("--private is about --push.") }
    }

    func run() async throws {
      let configuration = try options.configuration.load()
      if let push { return try await DatasetPush(self, configuration, repository: push).run() }
      if let fewShot {
        var runner = options.selection.runner(Stores(configuration))
        runner.budget = budget.flatMap(Budget.init)
        let dataset = try await runner.builtDataset()
        let prompt = FewShotPrompt(of: dataset, count: fewShot)
        let kind = dataset.kind
        if options.dryRun { return StandardStreams.printOutput(prompt.text) }
        let file = try prompt.write(kind, output: configuration.dataset.output)
        if options.output.json {
          return try printJSON(["file": file.path, "samples": "\(prompt.samples.count)"])
        }
        return StandardStreams.printOutput("\(counted(prompt.samples.count, "example")) written to \(file.path)")
      }
      try await options.run([.dataset], budget: budget.flatMap(Budget.init))
    }
  }
}
