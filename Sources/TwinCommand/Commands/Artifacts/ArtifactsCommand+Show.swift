import ArgumentParser
import Foundation
import Pipelines

extension ArtifactsCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows one artifact, and what it was made from.",
      discussion: """
        \(artifactReferenceHelp)

        EXAMPLE
          twin artifacts show chunks --config configs/sample.yaml
        """)

    @Argument(help: "The artifact: NAME, NAME@VERSION, or the beginning of an identifier.") var artifact: String
    @Option(help: "Whose artifact it is.") var pipeline: PipelineName?
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document: artifact, producers.") var json = false

    func run() async throws {
      let store = try configuration.load().runStore
      let record = try store.artifact(named: artifact, pipeline: pipeline?.rawValue)
      let producers = store.producers(of: record)
      if json { return try printJSON(Shown(artifact: record, producers: producers)) }
      StandardStreams.printOutput(facts(of: record))
      if !record.metadata.isEmpty { StandardStreams.printOutput("metadata\n" + indented(record.metadata)) }
      if !producers.isEmpty { StandardStreams.printOutput("made from, the nearest first\n" + lineage(producers)) }
    }

    private func facts(of record: ArtifactRecord) -> String {
      var rows: [[String]] = [
        ["id", record.id], ["type", record.type], ["pipeline", record.pipeline], ["run", record.runID],
      ]
      func add(_ name: String, _ value: String?) {
        if let value { rows.append([name, value]) }
      }
      add("created", record.created?.formatted(.iso8601))
      add("count", record.count.map(String.init))
      add("size", record.bytes.map(readableSize))
      add("sha256", record.sha256.map { $0 + (record.isItemized ? " (of the digests of its items)" : "") })
      add("code", record.code)
      add("uri", record.uri)
      add("value", record.isStored ? "in the cache; `twin artifacts export` gives it" : "not kept")
      return "\(record.name)@\(record.version)\n" + table(rows.map { ["  " + $0[0], $0[1]] })
    }

    private func indented(_ metadata: [String: JSONValue]) -> String {
      table(metadata.sorted { $0.key < $1.key }.map { ["  " + $0.key, $0.value.line] })
    }

    private func lineage(_ producers: [ArtifactRecord]) -> String {
      table(
        producers.map {
          [
            "  \($0.name)@\($0.version)", $0.type, $0.count.map(String.init) ?? "",
            $0.created?.formatted(.iso8601) ?? "",
          ]
        })
    }

    private struct Shown: Encodable {
      var artifact: ArtifactRecord
      var producers: [ArtifactRecord]
    }
  }
}
