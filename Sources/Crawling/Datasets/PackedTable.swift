/// The bytes of a dataset's file, unpacked if it is packed by gzip, whatever its name says: a server may have unpacked it.
///
/// - Parameter item: what messages call it.
/// - Throws: ``CrawlError`` if it is damaged, or unpacks to more than a dataset may have, or than is likely.
func unpackedTable(_ bytes: [UInt8], item: String, limits: CrawlLimits) throws(CrawlError) -> [UInt8] {
  guard isGzip(bytes) else { return bytes }
  let (limit, ratio) = (limits.dataset.fileBytes, limits.archive.ratio)
  do {
    return try gunzipped(bytes, limit: limit, ratio: ratio)
  } catch {
    switch error {
    case .damaged: throw .badArchive(path: item, reason: "it is damaged or cut off; download it again")
    case .tooLarge:
      throw .tooLarge(
        source: item, what: "what the file unpacks to", limit: "\(limit >> 20) MiB, or \(ratio) times its own size")
    }
  }
}
