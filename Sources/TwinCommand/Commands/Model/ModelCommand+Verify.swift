import ArgumentParser
import Pipelines

extension ModelCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks the files of an installed model, byte for byte, and loads it.",
      discussion: """
        The exit code is 1 if anything is wrong.

        EXAMPLE
          twin model verify all-MiniLM-L6-v2
        """)

    @Argument(help: "The model.") var name: String
    @Flag(help: "Print one JSON document.") var json = false

    private struct Report: Encodable {
      let name: String
      let isCompared: Bool
      let problems: [String]

      enum CodingKeys: String, CodingKey {
        case name
        case isCompared = "compared"
        case problems
      }
    }

    func run() async throws {
      let model = try ModelCommand.installed(name)
      let problems = try await offPool { model.problems() }
      if json {
        try printJSON(Report(name: model.name, isCompared: model.isVerifiable, problems: problems))
      } else if problems.isEmpty {
        let remark = model.isVerifiable ? "" : "; nothing says what its files must be, so they were only loaded"
        StandardStreams.printOutput("\(model.name) is whole\(remark)")
      } else {
        for problem in problems { StandardStreams.printOutput("\(model.name): \(problem)") }
      }
      if !problems.isEmpty { throw ExitStatus.couldNotRun.code }
    }
  }
}
