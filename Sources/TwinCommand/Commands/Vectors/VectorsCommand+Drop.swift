import ArgumentParser
import Pipelines

extension VectorsCommand {
  struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes what the vector store holds; `twin features` makes it again.",
      discussion: """
        All of it with its collections; with --category the documents and chunks of that kind; with --pending only what a \
        change of the model has made so far, which searches do not find. The warehouse is left alone.

        EXAMPLE
          twin vectors drop --pending --yes --config configs/sample.yaml
          twin vectors drop --category posts --config configs/sample.yaml
        """)

    @Option(help: "Only this kind of writing; repeatable.") var category: [DataCategory] = []
    @Flag(help: "Only a change of the model that is under way.") var pending = false
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document: what there was.") var json = false

    func validate() throws {
      if pending, !category.isEmpty { throw ValidationError("--pending and --category exclude each other.") }
    }

    func run() async throws {
      let stores = Stores(try configuration.load())
      let runner = PipelineRunner(stores)
      let vectors = try await stores.existingVectors()
      var all = try await vectors.statistics()
      all.collections += try await vectors.remains()
      let statistics = selected(all)
      var hasSome = !statistics.collections.isEmpty || statistics.pending != nil
      // Collections that nothing can be told of are dropped with all others.
      if !hasSome, !pending, category.isEmpty { hasSome = try await vectors.hasCollections() }
      guard hasSome else { return try tellNothing(of: statistics) }
      if !yes {
        try await Confirmation.ask("Drop this?", advice: "give --yes to drop what `twin vectors stats` shows") {
          text(statistics, "would be dropped")
        }
      }
      if !pending {
        try await runner.dropVectors(of: category)
      } else if try await runner.dropPendingVectors() == nil {
        if json { return try printJSON(selected(await vectors.statistics())) }
        return StandardStreams.printOutput("the change of the model was complete, so it is not given up")
      }
      if json { return try printJSON(statistics) }
      StandardStreams.printOutput(text(statistics, "dropped"))
    }

    private func tellNothing(of statistics: VectorStoreStatistics) throws {
      if json { return try printJSON(statistics) }
      StandardStreams.printOutput(
        pending ? "no change of the model is under way" : "\(statistics.location): nothing is there")
    }

    /// What is meant of all that there is.
    private func selected(_ statistics: VectorStoreStatistics) -> VectorStoreStatistics {
      var selected = statistics
      if pending { selected.collections = [] }
      if !category.isEmpty {
        selected.collections.removeAll { !category.contains($0.category) }
        selected.pending = nil
      }
      return selected
    }

    private func text(_ statistics: VectorStoreStatistics, _ verb: String) -> String {
      let rows = statistics.collections.map { collection in
        [
          "  " + collection.name, counted(collection.count, collection.kind == .cleaned ? "document" : "chunk"),
          collection.authors.map { "\($0.name) \($0.count)" }.joined(separator: ", "),
        ]
      }
      var lines = ["\(verb) of \(statistics.location):"]
      if !rows.isEmpty { lines.append(table(rows)) }
      if let change = statistics.pending {
        lines.append(
          "  the change to \(change.model.name): \(counted(change.documents, "document")), "
            + counted(change.chunks, "chunk"))
      }
      return lines.joined(separator: "\n")
    }
  }
}
