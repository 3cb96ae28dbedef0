public import Domain
public import Foundation

/// Which documents or chunks count.
///
/// A filter is a value: data reaches an engine as bound parameters or as JSON strings, so that nothing in it is ever read
/// as a part of a query. Filters are joined with `&&`, `||` and `!`:
/// ```swift
/// .author(ada.id) && (.platform("medium") || .published(from: spring)) && !.link(draft)
/// ```
public indirect enum VectorFilter: Hashable, Sendable {
  /// The field is one of these; with none, nothing passes.
  case field(VectorField, anyOf: [String])
  /// The identifier is one of these; with none, nothing passes.
  case identifier(anyOf: [Identifier])
  /// It was published at `from` or later, and before `before`; what has no date passes only if both are nil.
  case published(from: Date? = nil, before: Date? = nil)
  /// A chunk that says the same as another one, which stands for both (``VectorStore``); a document never is.
  case isDuplicate
  /// A chunk of which it is not known yet whether it says the same as another one.
  case isUnlinked
  /// A document whose replacement or deletion was interrupted, or whose chunks are to be made again.
  case isIncomplete
  /// All of these pass; with none, everything passes.
  case all([VectorFilter])
  /// One of these passes at least; with none, nothing passes.
  case any([VectorFilter])
  /// This does not pass.
  case not(VectorFilter)

  /// Everything passes.
  public static let everything = VectorFilter.all([])

  /// Written by this author.
  public static func author(_ id: Identifier) -> VectorFilter { authors([id]) }
  /// Written by one of these authors.
  public static func authors(_ ids: some Sequence<Identifier>) -> VectorFilter {
    .field(.author, anyOf: ids.map(\.uuidString))
  }
  /// This document, or a chunk of it.
  public static func document(_ id: Identifier) -> VectorFilter { documents([id]) }
  /// One of these documents, or a chunk of one.
  public static func documents(_ ids: some Sequence<Identifier>) -> VectorFilter {
    .field(.document, anyOf: ids.map(\.uuidString))
  }
  /// Published there.
  public static func platform(_ name: String) -> VectorFilter { .field(.platform, anyOf: [name]) }
  /// The document with this link, or a chunk of it.
  public static func link(_ link: String) -> VectorFilter { .field(.link, anyOf: [link]) }

  /// Both pass.
  public static func && (left: VectorFilter, right: VectorFilter) -> VectorFilter {
    switch (left, right) {
    case (.all(let left), .all(let right)): .all(left + right)
    case (.all(let left), _): .all(left + [right])
    case (_, .all(let right)): .all([left] + right)
    default: .all([left, right])
    }
  }
  /// One of both passes at least.
  public static func || (left: VectorFilter, right: VectorFilter) -> VectorFilter {
    switch (left, right) {
    case (.any(let left), .any(let right)): .any(left + right)
    case (.any(let left), _): .any(left + [right])
    case (_, .any(let right)): .any([left] + right)
    default: .any([left, right])
    }
  }
  /// It does not pass.
  public static prefix func ! (filter: VectorFilter) -> VectorFilter { .not(filter) }
}
