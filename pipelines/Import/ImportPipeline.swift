public import DataflowMacros
import Foundation

/// Files to warehouse: imports rows, and puts those aside that cannot be.
///
/// It is a pipeline so that an import leaves a record, and its bad rows are found where all that failed is found. Runs of
/// it cover some rows only: an entry of the quarantine goes when its row went well, or is no longer in its file.
@Pipeline
public struct ImportPipeline {
  /// What records call it.
  public static let recordedName = "warehouse.import"

  let warehouse: Warehouse
  let shelf: ImportShelf
  let quarantine: Quarantine
  let restarts: Bool

  /// Makes the pipeline.
  ///
  /// - Parameter restarts: whether files are imported from their beginning, however far an earlier import had come.
  init(warehouse: Warehouse, shelf: ImportShelf, quarantine: Quarantine, restarts: Bool = false) {
    self.warehouse = warehouse
    self.shelf = shelf
    self.quarantine = quarantine
    self.restarts = restarts
  }

  /// Imports files, and tries again rows that were put aside.
  ///
  /// - Throws: what keeps a file from being read or the store from storing; what was stored by then is not stored again.
  @Step(cache: .disable)
  public func importedRows(files: [ImportJob], retriedRows: [String]) async throws -> [ImportReport] {
    var reports: [ImportReport] = []
    for file in files { reports.append(try await rows(of: file)) }
    for item in retriedRows { try await retry(item) }
    note(reports)
    return reports
  }

  private func rows(of job: ImportJob) async throws -> ImportReport {
    let context = StepContext.current
    var options = ImportOptions()
    options.checkpoint = shelf.checkpoint(of: job)
    options.restarts = restarts
    options.progress = { context.progress(completed: $0.completed, total: $0.total) }
    let report = try await warehouse.importFile(job.path, collection: job.collection, options: options)
    for failure in report.failures {
      try Task.checkCancellation()
      try shelf.keep(try await row(failure, collection: job.collection))
      context.quarantine(item: failure.place, reason: failure.reason)
    }
    for note in report.notes { context.warn(note) }
    var failed = Set(report.failures.map(\.place))
    if report.failed > report.failures.count {
      failed.insert(report.path)
      context.quarantine(item: report.path, reason: ImportProblem.manyRows(of: report).description)
    }
    // What was put aside of this file, and is not any more: it was imported now, or is not in the file.
    for entry in quarantine.list(pipeline: Self.recordedName) {
      guard let item = entry.item, item == report.path || item.hasPrefix(report.path + ":") else { continue }
      if !failed.contains(item) { context.succeed(item: item) }
    }
    context.count(computed: report.inserted + report.updated, cached: report.unchanged)
    return report
  }

  private func row(_ failure: ImportFailure, collection: String) async throws -> KeptRow {
    // The file may be gone by now, which does not make the failure less of one.
    let content = if let content = failure.content { content } else { try? await failure.contentInFile() }
    return KeptRow(failure, collection: collection, content: content)
  }

  private func retry(_ item: String) async throws {
    let context = StepContext.current
    do {
      guard let row = shelf.row(named: item) else { throw ImportProblem.notARow }
      switch try await warehouse.importRow(try await content(of: row), to: row.collection) {
      case .inserted, .updated: context.count(computed: 1)
      case .unchanged: context.count(cached: 1)
      case .failed(let error): throw error
      }
      context.succeed(item: item)
    } catch let error as ImportProblem {
      context.quarantine(item: item, error: error)
    } catch let error as WarehouseError where error.isAboutOneDocument {
      context.quarantine(item: item, error: error)
    }
  }

  /// The row as its file has it, if it has it still; else as it was kept.
  private func content(of row: KeptRow) async throws -> [UInt8] {
    guard let hash = row.hash else { throw ImportProblem.notKept(path: row.failure.path) }
    if let found = try await row.failure.contentInFile() {
      guard ContentHash(of: found) == hash else {
        throw ImportProblem.changed(path: row.failure.path, row: row.failure.row)
      }
      return found
    }
    guard let content = row.content else { throw ImportProblem.notKept(path: row.failure.path) }
    return Array(content)
  }

  private func note(_ reports: [ImportReport]) {
    let context = StepContext.current
    context.record("inserted", reports.reduce(0) { $0 + $1.inserted })
    context.record("updated", reports.reduce(0) { $0 + $1.updated })
    context.record("unchanged", reports.reduce(0) { $0 + $1.unchanged })
    context.record("failed", reports.reduce(0) { $0 + $1.failed })
    context.record("files", reports.map(\.path))
  }
}
