import ArgumentParser
import Pipelines

extension VectorsCommand {
  struct Stats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Counts documents and chunks by collection, author and platform.",
      discussion: """
        Duplicates are chunks that say the same as another one; those that are not compared yet are by the next \
        `twin features`. While the model is changed it also says how far that is.

        EXAMPLE
          twin vectors stats --config configs/sample.yaml
        """)

    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let statistics = try await Stores(try configuration.load()).existingVectors().statistics()
      if json { return try printJSON(statistics) }
      StandardStreams.printOutput(vectorsText(statistics))
    }
  }
}

/// What a vector store holds, for a person.
func vectorsText(_ statistics: VectorStoreStatistics) -> String {
  let place = "\(statistics.location) (\(statistics.engine))"
  guard !statistics.collections.isEmpty || statistics.pending != nil else {
    return "\(place): empty; `twin features` fills it"
  }
  let rows = statistics.collections.map { collection -> [String] in
    let model = collection.model.map { "\($0.name), \($0.dimension)" } ?? ""
    let size = collection.vectorBytes.map(readableSize) ?? ""
    let counts = [collection.duplicates, collection.unlinked, collection.incomplete].map { cell($0 ?? 0) }
    let authors = collection.authors.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    let platforms = collection.platforms.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listed = platforms.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return [collection.name, String(collection.count), model, size] + counts + [authors, listed]
  }
  let header = [
    "COLLECTION", "COUNT", "MODEL", "VECTORS", "DUPLICATES", "NOT COMPARED", "INCOMPLETE", "AUTHORS", "PLATFORMS",
  ]
  var lines = rows.isEmpty ? ["\(place): searches find nothing"] : [place, table(rows, header: header)]
  if let change = statistics.pending {
    lines.append(
      "being changed to \(change.model.name): \(counted(change.documents, "document")) with "
        + "\(counted(change.chunks, "chunk")) made, \(change.missing) missing; `twin features` or `twin vectors migrate` "
        + "goes on, `twin vectors drop --pending` gives it up")
  }
  return lines.joined(separator: "\n")
}
