import Domain
import Foundation

/// The files below a folder, found without following a symbolic link.
struct FolderListing: Sendable {
  /// The paths of regular files, relative to the folder, in order.
  var files: [String] = []
  /// What was left out on purpose, and why.
  var skipped: [Skip] = []
  /// What could not be looked at, and why.
  var unreadable: [(path: String, reason: String)] = []
  private var entries = 0

  /// Lists a folder.
  ///
  /// Hidden files and folders are left out without a word. Every folder is opened relative to its parent with
  /// `O_NOFOLLOW`, so that a link put in its place meanwhile leads nowhere.
  /// - Throws: ``CrawlError`` if the folder cannot be read, or holds more entries than the limits allow.
  init(of root: String, limits: CrawlLimits) throws(CrawlError) {
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path: root, reason: systemReason(errno)) }
    try visit(descriptor, prefix: "", depth: 0, root: root, limits: limits)
    files.sort()
  }

  /// Takes ownership of `descriptor`.
  private mutating func visit(
    _ descriptor: Int32, prefix: String, depth: Int, root: String, limits: CrawlLimits
  ) throws(CrawlError) {
    guard let folder = fdopendir(descriptor) else {
      close(descriptor)
      unreadable.append((prefix, systemReason(errno)))
      return
    }
    defer { closedir(folder) }
    for name in names(in: folder) {
      entries += 1
      guard entries <= limits.notes.folderEntries else {
        throw .tooLarge(source: root, what: "the folder", limit: "\(limits.notes.folderEntries) files and folders")
      }
      let path = prefix + name
      switch kind(of: name, in: descriptor) {
      case S_IFREG: files.append(path)
      case S_IFLNK: skipped.append(Skip(item: path, reason: "a symbolic link"))
      case S_IFDIR where depth + 1 >= limits.notes.folderDepth:
        skipped.append(Skip(item: path + "/", reason: "nested deeper than \(limits.notes.folderDepth) folders"))
      case S_IFDIR:
        let child = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard child >= 0 else {
          unreadable.append((path + "/", systemReason(errno)))
          continue
        }
        try visit(child, prefix: path + "/", depth: depth + 1, root: root, limits: limits)
      case nil: unreadable.append((path, systemReason(errno)))
      default: skipped.append(Skip(item: path, reason: "no regular file"))
      }
    }
  }

  private mutating func names(in folder: OpaquePointer) -> [String] {
    var names: [String] = []
    while let entry = readdir(folder) {
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard bytes.first != UInt8(ascii: ".") else { continue }
      if let name = String(validating: bytes, as: UTF8.self) {
        names.append(name)
      } else {
        skipped.append(Skip(item: String(decoding: bytes, as: UTF8.self), reason: "its name is not UTF-8"))
      }
    }
    return names.sorted()
  }

  private func kind(of name: String, in folder: Int32) -> mode_t? {
    var information = stat()
    guard fstatat(folder, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    return information.st_mode & S_IFMT
  }
}
