import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The files of a cache: where they are, and how new ones are written.
struct CacheFolder: Sendable {
  let path: String
  /// Called at every moment of work on the files.
  let faultPoint: @Sendable (CachePhase) -> Void

  var journal: String { path + "/journal" }
  var lock: String { path + "/lock" }
  var packs: String { path + "/packs" }
  var manifests: String { path + "/manifests" }

  func pack(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return "\(packs)/\(String(repeating: "0", count: 16 - digits.count))\(digits).pack"
  }

  /// The file of a manifest. Names may be longer than file names may be, so the digest tells them apart.
  func manifest(_ name: String) -> String {
    "\(manifests)/\(fileName(of: name).prefix(100))-\(hexadecimal(digest([name])).prefix(32)).manifest"
  }

  /// Makes the folders that are missing.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  func make() throws {
    for folder in [path, packs, manifests] where FileStatus(path: folder) == nil {
      try makeFolder(folder)
      try synchronizeFolder((folder as NSString).deletingLastPathComponent)
    }
  }

  /// The packs on disk, by number.
  func listPacks() -> [UInt64: FileStatus] {
    var found: [UInt64: FileStatus] = [:]
    for name in names(in: packs) where name.hasSuffix(".pack") {
      guard let number = UInt64(name.dropLast(5), radix: 16), let status = FileStatus(path: pack(number)) else {
        continue
      }
      found[number] = status
    }
    return found
  }

  /// Removes what a process that was killed left half written. Only for who holds the lock.
  func removeTemporaryFiles() {
    for folder in [path, packs, manifests] {
      for name in names(in: folder) where name.hasSuffix(".tmp") { unlink("\(folder)/\(name)") }
    }
  }

  /// The manifests on disk, by path.
  func listManifests() -> [String] {
    names(in: manifests).filter { $0.hasSuffix(".manifest") }.map { "\(manifests)/\($0)" }
  }

  private func names(in folder: String) -> [String] {
    // What cannot be listed holds nothing that can be used.
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// Writes a file so that it appears under its name only when all of it is on disk: a temporary file beside it, `fsync`,
  /// `rename`, `fsync` of the folder.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``; what `fill` throws. Then the name is as before.
  func write(_ work: CachePhase.Work, to path: String, _ fill: (inout FileWriter) throws -> Void) throws {
    let temporary = "\(path).tmp"
    do {
      let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_TRUNC)
      faultPoint(CachePhase(work, .opened))
      var writer = FileWriter(file) { faultPoint(CachePhase(work, .partlyWritten)) }
      try fill(&writer)
      try writer.flush()
      faultPoint(CachePhase(work, .written))
      try file.synchronize()
      faultPoint(CachePhase(work, .synchronized))
      guard rename(temporary, path) == 0 else {
        throw DataflowError.recordFailed(path: path, reason: systemError())
      }
    } catch {
      unlink(temporary)
      throw error
    }
    faultPoint(CachePhase(work, .renamed))
    try synchronizeFolder((path as NSString).deletingLastPathComponent)
    faultPoint(CachePhase(work, .listed))
  }
}
