import Domain
import Foundation

extension CleanedDocument {
  /// Why no store takes it; nil if one does.
  var reasonNotToStore: String? {
    if !id.isUUID { return "its identifier is not a UUID; import it again" }
    if text.utf8.count > VectorStore.maximumTextLength {
      return "its text is longer than \(VectorStore.maximumTextLength >> 20) MiB; split it or leave it out"
    }
    if fingerprint == DocumentState.incomplete { return "its fingerprint is empty" }
    return flaw(of: [text, title, authorFullName, link, platform, path], publishedAt)
  }
}

extension Chunk {
  /// Why no store takes it; nil if one does.
  var reasonNotToStore: String? {
    let reason =
      if !id.isUUID { "the identifier is not a UUID" } else {
        flaw(of: [text, title, authorFullName, link, platform, chunking.strategy] + headings, publishedAt)
      }
    return reason.map { "its chunk \(id) cannot be stored: \($0)" }
  }
}

/// The first second of the year 1 up to that of the year 10000, in seconds since 1970: what RFC 3339 can write.
private let storableDates = -62_135_596_800.0..<253_402_300_800.0

/// What texts and dates cannot be kept as they are by every engine.
private func flaw(of texts: [String?], _ publishedAt: Date?) -> String? {
  // SQLite's functions and FTS5 take it for the end of a text (sqlite.org/nulinstr.html).
  for text in texts where text?.hasNull == true {
    return "there is a NUL character in it (U+0000); remove it at its source"
  }
  if let publishedAt, !storableDates.contains(publishedAt.timeIntervalSince1970) {
    return "its date of publication is not in the years 1 to 9999"
  }
  return nil
}

extension String {
  fileprivate var hasNull: Bool {
    utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0)
  }
}
