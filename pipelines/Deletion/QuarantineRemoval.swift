import Foundation

/// What a deletion does to what was put aside: items in quarantine, rows that were not imported, and how far imports have
/// come.
///
/// A row goes if it is the subject's own. Somebody else's, or one that does not say whose it is, stays, since it may be
/// the only copy there is: where it only mentions the subject people are told.
struct QuarantineRemoval {
  /// The items that go.
  let entries: [QuarantineEntry]
  /// The rows that go, each with where it is kept.
  let rows: [(row: KeptRow, shelf: ImportShelf)]
  /// The checkpoints that go: to lose one costs time and nothing else.
  let checkpoints: [String]
  /// The rows that mention the subject and stay.
  let mentioningRows: [KeptRow]
  /// The items that stay, with the subject taken out of their reasons.
  let redactedEntries: [QuarantineEntry]
  private let redactedRows: [(row: KeptRow, shelf: ImportShelf)]
  private let quarantine: Quarantine

  /// Finds what goes.
  ///
  /// - Parameters:
  ///   - quarantine: the whole folder's, whatever configuration they are of.
  ///   - shelves: of the same configurations.
  init(_ targets: DeletionTargets, redaction: Redaction, quarantine: Quarantine, shelves: [ImportShelf]) {
    self.quarantine = quarantine
    let kept = shelves.flatMap { shelf in shelf.rows().map { (row: $0, shelf: shelf) } }
    rows = kept.filter { targets.owns($0.row) }
    let others = kept.filter { !targets.owns($0.row) }
    mentioningRows = others.map(\.row).filter { $0.texts.contains(where: redaction.isMentioned(in:)) }
      .sorted { $0.item < $1.item }
    redactedRows = others.filter { redaction.isMentioned(in: $0.row.failure.reason) }.map { row, shelf in
      var row = row
      row.failure.reason = redaction.redacted(row.failure.reason)
      return (row, shelf)
    }
    checkpoints = shelves.flatMap { $0.checkpoints() }.filter { path in
      // One that is torn tells nothing, and is of no use.
      jsonValue(at: path).map(redaction.isMentioned(in:)) ?? true
    }

    let (own, staying) = (Set(rows.map(\.row.item)), Set(others.map(\.row.item)))
    func goes(_ entry: QuarantineEntry) -> Bool {
      if entry.pipeline == ImportPipeline.recordedName, let item = entry.item {
        if own.contains(item) { return true }
        if staying.contains(item) { return false }
      }
      return [entry.item, entry.parent].contains { $0.map(redaction.isMentioned(in:)) ?? false }
    }
    let all = quarantine.list()
    entries = all.filter(goes)
    redactedEntries = all.filter { !goes($0) && redaction.isMentioned(in: $0.error) }.map { entry in
      var entry = entry
      entry.error = redaction.redacted(entry.error)
      return entry
    }
  }

  /// Removes it. Each part may be done again.
  ///
  /// - Throws: `DataflowError.recordFailed`; doing it again goes on.
  func perform() throws {
    for entry in entries { try quarantine.remove(entry) }
    for path in checkpoints { unlink(path) }
    for entry in redactedEntries { try quarantine.replace(entry) }
    for (row, shelf) in redactedRows { try shelf.keep(row) }
    for (row, shelf) in rows { shelf.remove(row.item) }
  }

  /// What people should know of the rows that stay.
  func notices(of subject: DeletionSubject) -> [String] {
    guard !mentioningRows.isEmpty else { return [] }
    let some = mentioningRows.prefix(10).map(\.item).joined(separator: ", ")
    return [
      "\(mentioningRows.count) rows that were not imported mention \(subject.name) and stay, since they do not say that "
        + "they are theirs: \(some)\(mentioningRows.count > 10 ? ", …" : ""); `twin quarantine show` shows them, and "
        + "to import the file again without them removes them"
    ]
  }
}

extension DeletionTargets {
  fileprivate func owns(_ row: KeptRow) -> Bool { row.identity.map(owns) ?? false }
}

extension KeptRow {
  /// What it says of itself; nil if it is not kept.
  var identity: RowIdentity? { content.map { RowIdentity(of: Array($0)) } }

  /// All that may mention somebody.
  fileprivate var texts: [String] {
    guard let content else { return [item, failure.reason] }
    if let value = try? JSONDecoder().decode(JSONValue.self, from: content) {
      return [item, failure.reason] + value.texts
    }
    return [item, failure.reason, TornJSON(Array(content)).text]
  }
}

extension JSONValue {
  /// All texts in it, keys included.
  fileprivate var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let values): values.flatMap(\.texts)
    case .object(let members): members.flatMap { [$0.key] + $0.value.texts }
    case .null, .bool, .integer, .number: []
    }
  }
}
