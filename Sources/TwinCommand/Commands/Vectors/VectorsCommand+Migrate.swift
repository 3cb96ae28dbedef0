import ArgumentParser
import Pipelines

extension VectorsCommand {
  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Embeds what the vector store holds with the configured model.",
      discussion: """
        The cleaned documents of the store are cut and embedded beside what is there, which searches go on to find until \
        every document is made; then the new vectors take the place of the old ones. The warehouse is not needed. A \
        migration that is interrupted goes on where it stopped when it is started again.

        A document that cannot be embedded, or is incomplete since its replacement or deletion was interrupted, goes into \
        quarantine, the exit code is 3, and the old vectors stay: migrate again once it is put right, or give \
        --leave-out-failed.

        EXAMPLE
          twin vectors migrate --set embedding.model=hash --config configs/sample.yaml
        """)

    @Flag(
      help: "Use the new vectors though some documents failed or are incomplete; searches do not find those any more.")
    var leaveOutFailed = false
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let configuration = try configuration.load()
      var runner = PipelineRunner(Stores(configuration))
      runner.observer = ProgressDisplay(output)
      let record = try await runner.migrateVectors(leavesOutFailed: leaveOutFailed)
      if output.json { try printJSON(record) }
      var teller = RunTeller(output: output, notices: configuration.notices)
      teller.tell(record)
      try endAsWorst(of: [record])
    }
  }
}
