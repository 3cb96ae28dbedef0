import ArgumentParser
import Foundation
import Pipelines

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented twin.yaml and .env.example; never overwrites.",
    discussion: """
      EXAMPLE
        twin init my-twin
      """)

  @Argument(help: "The folder; made if it does not exist.", completion: .directory)
  var folder = "."

  func run() async throws {
    for file in ConfigurationTemplate.files {
      let path = folder + "/" + file.name
      if FileManager.default.fileExists(atPath: path) {
        StandardStreams.printError("twin: \(path) exists and was left as it is")
        continue
      }
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(file.contents.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
      } catch {
        StandardStreams.printError("twin: cannot write \(path): \(systemReason(of: error))")
        throw ExitStatus.couldNotRun.code
      }
      StandardStreams.printOutput("wrote \(path)")
    }
  }
}
