import ArgumentParser
import Pipelines

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks each store, model, folder and program that the configuration needs.",
    discussion: """
      Exits with 1 when something that is needed cannot be used.

      EXAMPLE
        twin doctor --config configs/sample.yaml
      """)

  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @Flag(help: "Print one JSON array.") var json = false

  func run() async throws {
    let stores = Stores(try configuration.load())
    let findings = await stores.diagnose()
    if json {
      try printJSON(findings)
    } else {
      StandardStreams.printOutput(
        table(
          findings.map { [$0.isUsable ? "ok" : "NOT OK", $0.part, $0.detail] }, header: ["STATUS", "PART", "DETAIL"]))
    }
    if !findings.allSatisfy(\.isUsable) { throw ExitStatus.couldNotRun.code }
  }
}
