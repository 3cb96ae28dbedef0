import CArchive

/// Why something is not unpacked.
package enum GzipProblem: Error, Sendable, Hashable {
  case damaged
  case tooLarge
}

/// Whether bytes are packed by gzip (RFC 1952, section 2.3.1).
package func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

/// Unpacks gzip; bytes are counted as they are unpacked, and are at most `limit` and, beyond 16 MiB, `ratio` times as many
/// as there were.
///
/// - Throws: ``GzipProblem``.
package func gunzipped(_ bytes: [UInt8], limit: Int, ratio: Int) throws(GzipProblem) -> [UInt8] {
  guard let archive = archive_read_new() else { throw .damaged }
  defer { archive_read_free(archive) }
  archive_read_support_filter_gzip(archive)
  archive_read_support_format_raw(archive)
  let unpacked: Result<[UInt8], GzipProblem> = bytes.withUnsafeBytes { buffer in
    var entry: OpaquePointer?
    guard archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK,
      archive_read_next_header(archive, &entry) == ARCHIVE_OK,
      // What is cut off within its head is taken for a file that is not packed.
      archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP
    else { return .failure(.damaged) }
    var output: [UInt8] = []
    while true {
      guard let bytes = nextBytes(of: archive) else { return .failure(.damaged) }
      if bytes.isEmpty { return .success(output) }
      output += bytes
      guard output.count <= limit, output.count <= 16 << 20 || output.count / ratio <= buffer.count else {
        return .failure(.tooLarge)
      }
    }
  }
  return try unpacked.get()
}
