import Foundation
import LanguageModel

/// One deletion: what goes, found beforehand, and how.
struct DeletionWork {
  private let subject: DeletionSubject
  private let configuration: Configuration
  private let warehouse: Warehouse
  private let vectors: VectorStore
  private let targets: DeletionTargets
  private let datasets: [DatasetRemoval]
  private let records: RecordRedaction
  private let quarantine: QuarantineRemoval

  /// Finds what goes.
  ///
  /// - Parameters:
  ///   - stores: what is read, and written to.
  ///   - configuration: what reports call the places, and where files are.
  init(_ subject: DeletionSubject, on stores: Stores, named configuration: Configuration) async throws {
    self.subject = subject
    self.configuration = configuration
    warehouse = try await stores.warehouse()
    vectors = try await stores.vectors()
    let search = DeletionSearch(configuration: configuration, warehouse: warehouse, vectors: vectors)
    targets = try await search.targets(of: subject)
    datasets = try search.datasets(targets)
    let redaction = targets.redaction
    records = RecordRedaction(store: configuration.runStore, redaction: redaction)
    quarantine = QuarantineRemoval(
      targets, redaction: redaction, quarantine: Quarantine(configuration.quarantine.folder),
      shelves: configuration.importShelves)
  }

  /// What goes, in the order in which it does.
  func report(isDryRun: Bool) async throws -> DeletionReport {
    var report = DeletionReport(subject: subject.name, isDryRun: isDryRun)
    let store = redactedAddress(configuration.vectors.url)
    report.add("vectors", at: store, "document", targets.embedded.values.reduce(0) { $0 + $1.count })
    report.add("vectors", at: store, "chunk", targets.chunks)
    for dataset in datasets.map(\.report) {
      report.add("dataset", at: dataset.folder, "sample", dataset.samples)
      report.add("dataset", at: dataset.folder, "rejection", dataset.rejections)
    }
    report.add("records", at: configuration.runs, "file", records.files().count)
    report.add("cache", at: configuration.cache.folder, "result", try cacheCount())
    if let replies = try keptReplies() {
      report.add(
        "replies", at: configuration.replyCacheFile, "reply", try await replies.count(subjects: targets.subjects))
    }
    if let vectors = try keptVectors() {
      report.add("kept vectors", at: configuration.vectorCacheFile, "vector", try await vectors.size().count)
    }
    let folder = configuration.quarantine.folder.path
    report.add("quarantine", at: folder, "item", quarantine.entries.count)
    report.add("quarantine", at: folder, "redacted reason", quarantine.redactedEntries.count)
    report.add("imports", at: configuration.runs, "row", quarantine.rows.count)
    report.add("imports", at: configuration.runs, "checkpoint", quarantine.checkpoints.count)
    let warehouse = redactedAddress(configuration.warehouse)
    for category in DataCategory.allCases {
      report.add(
        "warehouse.\(category.rawValue)", at: warehouse, "document",
        targets.stored[category]?.count ?? 0)
    }
    for (name, ids) in targets.own.sorted(by: { $0.key < $1.key }) {
      report.add("warehouse.\(name)", at: warehouse, "document", ids.count)
    }
    report.add("warehouse.users", at: warehouse, "user", targets.users.count)
    report.places.removeAll { $0.count == 0 }
    report.notices = notices(dropsResults: report.places.contains { $0.place == "cache" })
    return report
  }

  /// Removes all of it. Each part may be done again.
  func perform() async throws {
    for category in DataCategory.allCases {
      // What the warehouse alone has may be on its way into the vector store by another configuration's run.
      let ids = targets.embedded[category, default: []].union(targets.stored[category, default: []])
      for some in batches(of: ids) { try await vectors.delete(documents: some, in: category) }
    }
    try await vectors.purge()
    for dataset in datasets { try dataset.perform() }
    try records.perform(on: records.files())
    if try cacheCount() > 0 { try configuration.resultCache.open().removeAll() }
    try await keptReplies()?.forget(subjects: targets.subjects)
    try await keptVectors()?.forgetAll()
    // A person may be known by these rows alone, which lead to the rest then.
    try quarantine.perform()
    for (category, ids) in targets.stored.sorted(by: { $0.key < $1.key }) where !ids.isEmpty {
      for some in batches(of: ids) { _ = try await warehouse.delete(some, in: category) }
    }
    for (name, ids) in targets.own.sorted(by: { $0.key < $1.key }) {
      let collection = warehouse.collection(OwnDocument.self, named: name)
      for some in batches(of: ids) { try await collection.delete(Field.id.isIn(some)) }
    }
    for user in targets.users.sorted() { try await warehouse.deleteUser(user) }
  }

  /// A store takes so many identifiers in one request.
  private func batches(of ids: Set<Identifier>) -> [[Identifier]] {
    let sorted = ids.sorted()
    return stride(from: 0, to: sorted.count, by: 500).map { Array(sorted[$0..<min($0 + 500, sorted.count)]) }
  }

  /// What language models have answered, if anything was kept.
  private func keptReplies() throws -> ReplyCache? {
    let file = configuration.replyCacheFile
    return FileManager.default.fileExists(atPath: file) ? try ReplyCache(path: file) : nil
  }

  /// The vectors that are kept for texts that come again, if any are. Whose texts they are of is not known, so that all of
  /// them go: they can be made again.
  private func keptVectors() throws -> VectorCache? {
    let file = configuration.vectorCacheFile
    return FileManager.default.fileExists(atPath: file) ? try VectorCache(path: file) : nil
  }

  private func cacheCount() throws -> Int {
    guard FileManager.default.fileExists(atPath: configuration.cache.folder) else { return 0 }
    return try configuration.resultCache.open().statistics().entries
  }

  private func notices(dropsResults: Bool) -> [String] {
    var notices: [String] = []
    let configured = configuration.authors.flatMap { author in
      author.sources.map(\.recordedLocation).filter(targets.sources.contains)
    }
    if !configured.isEmpty {
      notices.append(
        "the next `twin etl` crawls \(configured.joined(separator: ", ")) again, which may bring it back: take "
          + "\(configured.count == 1 ? "it" : "them") out of \(configuration.file)")
    }
    if case .author = subject, configuration.authors.contains(where: { targets.isName($0.name) }) {
      notices.append("\(configuration.file) names the author still, whom `twin etl` would make a user of again")
    }
    notices += quarantine.notices(of: subject)
    notices += targets.unsearched.sorted { $0.key < $1.key }.map { name, reason in
      "the collection \(name) of the warehouse was not searched: \(reason) Look there yourself"
    }
    if case .author = subject {
      for dataset in datasets where dataset.unattributed > 0 {
        notices.append(
          "\(dataset.rejectionPath) has \(dataset.unattributed) rejections by an earlier version that do not say whose "
            + "they are, of documents that are gone: the next `twin dataset` writes the file anew, without them")
      }
    }
    if dropsResults {
      notices.append(
        "kept results cannot be told apart by whose they are, so all of them go: the next run computes them again")
    }
    notices.append("what was exported to other files, and what other configurations keep, is left to you")
    return notices
  }
}

extension SourceConfiguration {
  /// The source as documents have it that were crawled from it.
  var recordedLocation: String { CrawlSource(location).redactedLocation }
}

extension DeletionTargets {
  /// What requests to language models are about, when it is one of the documents.
  fileprivate var subjects: Set<String> { Set(documents.map(\.description)) }
}
