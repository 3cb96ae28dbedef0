import Domain
import Preprocessing

/// Extracts by the rule of the LLM Engineers Handbook, with the lengths and classes of characters that Python has.
///
/// They are the stretches that the Handbook makes chunks of, too.
func handbookExtracts(of document: CleanedDocument, _ bytes: [UInt8]) -> [Extract] {
  let ranges = handbookRanges(of: document.text, characters: modelExtractLength)
  return ranges.enumerated().map { index, range in
    Extract(of: document, bytes: bytes, range: range, headings: [], ordinal: index)
  }
}
