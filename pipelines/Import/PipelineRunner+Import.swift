import Foundation

extension PipelineRunner {
  /// Imports files into the warehouse; see `Warehouse.importFile`. Rows that cannot be imported are put into quarantine.
  ///
  /// A file whose import was interrupted is gone on with where that one stopped.
  ///
  /// - Parameters:
  ///   - paths: the files; `-` for standard input.
  ///   - collection: where the rows go; nil to tell it from each file's name.
  ///   - restarts: whether every file is imported from its beginning.
  /// - Returns: the record, and what became of each file; no files if the run failed.
  /// - Throws: before anything is imported, `WarehouseError` for a file that cannot be opened or does not say what it
  ///   holds; else as ``run(_:)``.
  public func importFiles(
    _ paths: [String], collection: String? = nil, restarts: Bool = false
  ) async throws -> (record: RunRecord, reports: [ImportReport]) {
    let warehouse = try await stores.warehouse()
    var jobs: [ImportJob] = []
    for path in paths {
      let absolute = path == "-" ? path : URL(fileURLWithPath: path).standardizedFileURL.path
      let job = ImportJob(
        path: absolute,
        collection: try await warehouse.importedCollection(collection ?? crawlCollection(of: path), path: absolute))
      if !jobs.contains(job) { jobs.append(job) }
    }
    let run = try await runImport(.init(files: jobs, retriedRows: []), into: warehouse, restarts: restarts)
    let reports: [ImportReport] = (try? run.value(of: ImportPipeline.StepName.importedRows.rawValue)) ?? []
    return (run.record, reports)
  }

  /// The collection of a crawl's memory that a file is named after, which a new warehouse does not have yet.
  private func crawlCollection(of path: String) -> String? {
    let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return [StoredFetchState.collection, StoredSourceState.collection, StoredRobots.collection].first { $0 == stem }
  }

  /// Tries rows again that were put aside.
  func retryRows(_ items: [String]) async throws -> RunRecord {
    try await runImport(.init(files: [], retriedRows: items), into: try await stores.warehouse()).record
  }

  private func runImport(
    _ inputs: ImportPipeline.Inputs, into warehouse: Warehouse, restarts: Bool = false
  ) async throws -> GraphRun {
    let shelf = configuration.importShelf
    let pipeline = ImportPipeline(
      warehouse: warehouse, shelf: shelf, quarantine: configuration.quarantine, restarts: restarts)
    return try await lock(of: ImportPipeline.recordedName).hold {
      try await tellingLineage { observer in
        var options = commonOptions(ImportPipeline.recordedName)
        options.isRestricted = true
        options.observer = observer
        let run = try await Graph(pipeline).run(
          [ImportPipeline.StepName.importedRows.rawValue], inputs: inputs.values, options: options)
        if run.record.status != .failed {
          for job in inputs.files { shelf.removeCheckpoint(of: job) }
        }
        let entries = configuration.quarantine.list(pipeline: ImportPipeline.recordedName)
        shelf.sweep(keeping: Set(entries.compactMap(\.item)))
        return run
      }
    }
  }
}
