import ArgumentParser
import Foundation
import Pipelines

extension ModelCommand {
  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes an installed model.",
      discussion: """
        Stores keep the vectors that it made.

        EXAMPLE
          twin model remove bge-small-en-v1.5
        """)

    @Argument(help: "The model.") var name: String
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false

    func run() async throws {
      let model = try ModelCommand.installed(name)
      if !yes {
        try await Confirmation.ask("Remove it?", advice: "give --yes to remove it", refusal: "nothing was removed") {
          "\(model.path), \(megabytes(model.size))"
        }
      }
      try model.remove()
      StandardStreams.printOutput("removed \(model.name) (\(megabytes(model.size)))")
    }
  }
}
