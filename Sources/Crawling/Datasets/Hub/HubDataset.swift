/// A dataset on the Hugging Face Hub as a source: `hf://datasets/OWNER/NAME`, with a configuration and a split behind it
/// if only those are wanted.
struct HubDataset: Sendable, Hashable {
  /// `OWNER/NAME`, or the name alone of the few that have no owner.
  let name: String
  /// The configuration; nil for all.
  let configuration: String?
  /// The split, such as `train`; nil for all.
  let split: String?

  /// Reads a source's location.
  ///
  /// - Throws: ``CrawlError/unsupportedSource(source:reason:)`` if it names no dataset.
  init(_ source: CrawlSource) throws(CrawlError) {
    let parts = source.location.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, parts[0].lowercased() == "hf:", parts[1].isEmpty, parts[2] == "datasets",
      parts.count <= 7, parts[3...].allSatisfy(Self.isName)
    else {
      throw .unsupportedSource(
        source: source.redactedLocation,
        reason: "it names no dataset; give hf://datasets/OWNER/NAME, with /CONFIGURATION/SPLIT behind it if you like")
    }
    name = parts[3...].prefix(2).joined(separator: "/")
    configuration = parts.count > 5 ? parts[5] : nil
    split = parts.count > 6 ? parts[6] : nil
  }

  /// Whether a file is of the configuration and the split that are wanted, by its path.
  func wants(file path: String) -> Bool {
    let words = Set(
      path.lowercased().utf8.split { !(isLetter($0) || isDigit($0)) }.map { String(decoding: $0, as: UTF8.self) })
    let folders = path.split(separator: "/").dropLast().map(String.init)
    let hasConfiguration = configuration.map { folders.contains($0) || stem(of: path).hasPrefix($0) } ?? true
    return hasConfiguration && (split.map { words.contains($0.lowercased()) } ?? true)
  }

  private func stem(of path: String) -> Substring { fileName(path).prefix { $0 != "." } }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text != "." && text != ".."
      && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-._".utf8.contains($0) }
  }
}
