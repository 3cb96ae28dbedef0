/// A moment of the cache's work on its files: where a test ends the process, to see what the next one finds.
package struct CachePhase: Sendable, Hashable, CaseIterable {
  /// What is being done.
  package enum Work: String, Sendable, CaseIterable {
    /// A pack is written to a new file.
    case pack
    /// Entries are appended to the journal.
    case append
    /// The journal is written to a new file.
    case journal
    /// Packs that nothing refers to any more are removed.
    case removal
  }

  /// How far it got.
  package enum Moment: String, Sendable, CaseIterable {
    case opened, partlyWritten, written, synchronized, renamed, listed, removed
  }

  package let work: Work
  package let moment: Moment

  package init(_ work: Work, _ moment: Moment) {
    self.work = work
    self.moment = moment
  }

  /// All moments that occur.
  package static var allCases: [CachePhase] {
    let creation: [Moment] = [.opened, .partlyWritten, .written, .synchronized, .renamed, .listed]
    return creation.map { CachePhase(.pack, $0) } + creation.map { CachePhase(.journal, $0) }
      + creation.prefix(4).map { CachePhase(.append, $0) } + [CachePhase(.removal, .removed)]
  }
}
