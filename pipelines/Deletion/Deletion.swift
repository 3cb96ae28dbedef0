import Foundation

/// Removes all that there is of a person, or of one document, from every place that twin keeps it in.
///
/// The warehouse comes last: what it says is how the rest is found, so a deletion that was interrupted is completed by
/// deleting again.
public struct Deletion: Sendable {
  private let stores: Stores
  private var configuration: Configuration { stores.configuration }

  /// Names the stores; nothing is opened yet.
  public init(_ stores: Stores) {
    self.stores = stores
  }

  /// Says what ``perform(_:)`` would remove, and touches nothing: of stores in files a copy is read.
  ///
  /// - Throws: as ``perform(_:)``, but for the locks.
  public func preview(_ subject: DeletionSubject) async throws -> DeletionReport {
    let copies = try StoreCopies(of: configuration, isEmpty: false)
    defer { copies.remove() }
    let work = try await DeletionWork(subject, on: Stores(copies.configuration), named: configuration)
    return try await work.report(isDryRun: true)
  }

  /// Removes it. No pipeline of this configuration, and no import, can run meanwhile.
  ///
  /// - Returns: what there was.
  /// - Throws: ``PipelineError/nothingToDelete(name:nearest:)``, `DataflowError.locked`, and the errors of stores and files; then deleting again goes on.
  public func perform(_ subject: DeletionSubject) async throws -> DeletionReport {
    try await holdingLocks(PipelineName.allCases.map(\.rawValue) + [ImportPipeline.recordedName]) {
      let work = try await DeletionWork(subject, on: stores, named: configuration)
      let report = try await work.report(isDryRun: false)
      try await work.perform()
      return report
    }
  }

  nonisolated(nonsending) private func holdingLocks<Value>(
    _ pipelines: [String], _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    guard let first = pipelines.first else { return try await StoreLock(configuration.vectors.url).share(work) }
    return try await PipelineRunner(stores).lock(of: first).hold {
      try await holdingLocks(Array(pipelines.dropFirst()), work)
    }
  }
}
