import CArchive

/// The next 64 KiB at most of the entry that an archive is at: none at its end, nil if it is damaged there.
func nextBytes(of archive: OpaquePointer) -> [UInt8]? {
  let size = 1 << 16
  var count = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
    count = archive_read_data(archive, buffer.baseAddress, size)
    initialized = max(0, count)
  }
  return count < 0 ? nil : bytes
}
