/// The files of a zip whose names are wanted, with their bytes.
///
/// - Parameter largest: the most unpacked bytes of one file, and of all.
/// - Throws: ``CrawlError`` if the archive is damaged, is none, or exceeds the limits.
package func zipContents(
  ofFileAt path: String, largest: Int, where isWanted: (String) -> Bool
) throws -> [(name: String, bytes: [UInt8])] {
  var limits = CrawlLimits()
  limits.archive.fileBytes = largest
  limits.archive.bytes = largest
  let files = try ZipArchive(path: path, limits: limits).read(keeping: isWanted, pages: { _ in false })
  return files?.contents.map { ($0.name, $0.bytes) } ?? []
}
