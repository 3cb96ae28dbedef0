import Domain

/// The import of one file, from where an earlier one of it was interrupted.
struct FileImport {
  /// How many rows are stored together.
  private static let maximumBatchRows = 500
  /// The bytes of rows after which they are stored, however few they are.
  private static let maximumBatchBytes = 16 << 20

  let file: InputFile
  let rows: any RowStoring
  private(set) var report: ImportReport
  let options: ImportOptions
  private var position = JSONRowScanner.Position()
  private var witnesses = ImportCheckpoint.Witnesses()
  /// What is written after each batch, but for what has been read and stored by then; nil if nothing is kept.
  private var checkpoint: (path: String, source: ImportCheckpoint.Source, warehouse: String)?

  init(file: InputFile, rows: any RowStoring, report: ImportReport, options: ImportOptions) {
    self.file = file
    self.rows = rows
    self.report = report
    self.options = options
  }

  /// Keeps a checkpoint, and goes on from the one that is there if it is about this file and warehouse, and the
  /// warehouse has what the checkpoint says it has.
  ///
  /// - Throws: what keeps the file from being read or the store from answering.
  mutating func resume(at path: String, source: ImportCheckpoint.Source, warehouse: String) async throws {
    checkpoint = (path, source, warehouse)
    guard !options.restarts, let kept = ImportCheckpoint(path: path), kept.source == source,
      kept.warehouse == warehouse, kept.report.collection == report.collection, kept.position.offset <= source.size
    else { return }
    for range in kept.witnesses.ranges {
      let row = try await fileThreads.run { [file] in try file.bytes(range.clamped(to: 0..<source.size)) }
      guard try await rows.has(row) else { return }
    }
    report = kept.report
    report.resumedAfter = report.rows
    position = kept.position
    witnesses = kept.witnesses
  }

  mutating func run() async throws -> ImportReport {
    var scanner = JSONRowScanner(at: position)
    var offset = position.offset
    while true {
      let file = file
      while !(try await fileThreads.run { file.isReady() }) {}
      let chunk = try await fileThreads.run { [offset] in try file.read(at: offset) }
      offset += chunk.count
      let rows = chunk.isEmpty ? scanner.finish() : scanner.scan(chunk)
      for batch in batches(of: rows) { try await store(batch) }
      if chunk.isEmpty { return report }
    }
  }

  private func batches(of rows: [JSONRow]) -> [ArraySlice<JSONRow>] {
    var batches: [ArraySlice<JSONRow>] = []
    var (start, bytes) = (0, 0)
    for (index, row) in rows.enumerated() {
      if case .bytes(let content) = row.content { bytes += content.count }
      if index + 1 - start == Self.maximumBatchRows || bytes >= Self.maximumBatchBytes || index + 1 == rows.count {
        batches.append(rows[start...index])
        (start, bytes) = (index + 1, 0)
      }
    }
    return batches
  }

  private mutating func store(_ batch: ArraySlice<JSONRow>) async throws {
    var contents: [[UInt8]] = []
    let outcomes = batch.map { row -> RowOutcome? in
      switch row.content {
      case .bytes(let bytes):
        contents.append(bytes)
        return nil
      case .tooLong(let count):
        return .bad("it has \(count) bytes, and a row may have \(JSONRowScanner.maximumRowBytes)")
      case .cutShort: return .bad("the file ends before the array does, so that rows may be missing: copy it again")
      }
    }
    let stored = contents.isEmpty ? StoredRows(outcomes: []) : try await rows.store(contents)
    for (row, outcome) in zip(batch, outcomes.filled(with: stored.outcomes)) {
      report.add(outcome, of: row)
      witnesses.add(outcome, of: row)
    }
    stored.notes.forEach { report.note($0) }
    if let last = batch.last { try await confirm(last.next) }
  }

  /// Remembers that everything before a position is done.
  private mutating func confirm(_ next: JSONRowScanner.Position) async throws {
    position = next
    if let (path, source, warehouse) = checkpoint {
      let kept = ImportCheckpoint(
        source: source, warehouse: warehouse, position: next, witnesses: witnesses, report: report)
      try await fileThreads.run { try kept.write(to: path) }
    }
    guard let progress = options.progress else { return }
    var total: Int?
    if let size = file.size, next.offset > 0 {
      total = Int((Double(report.rows) * Double(max(size, next.offset)) / Double(next.offset)).rounded())
    }
    progress(
      TransferProgress(
        activity: .importing, collection: report.collection, completed: report.rows,
        total: total.map { max($0, report.rows) }))
  }
}
