import Foundation

/// Copies of the stores that lie in files, to be read in their place: to open the file itself could already write to it,
/// and would make it where there is none.
///
/// A copy made while a run writes may hold less than the file does, or fail to open.
struct StoreCopies {
  /// The configuration with the copies in it.
  private(set) var configuration: Configuration
  private let folder: URL

  /// - Parameter isEmpty: whether nothing will be read, so that empty stores will do.
  init(of configuration: Configuration, isEmpty: Bool) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "twin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.configuration = configuration
    guard !isEmpty else {
      self.configuration.warehouse = "sqlite:" + folder.appending(path: "empty").path
      return
    }
    do {
      // One file may hold both.
      var copies: [String: String] = [:]
      self.configuration.warehouse = try copy(configuration.warehouse, &copies)
      self.configuration.vectors.url = try copy(configuration.vectors.url, &copies)
    } catch {
      remove()
      throw error
    }
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The address of a copy; a server's address as it is.
  private func copy(_ address: String, _ copies: inout [String: String]) throws -> String {
    guard address.hasPrefix("sqlite:") else { return address }
    var path = String(address.dropFirst("sqlite:".count))
    if path.hasPrefix("//") { path.removeFirst(2) }
    let copy = copies[path] ?? folder.appending(path: "\(copies.count).sqlite").path
    if copies.updateValue(copy, forKey: path) == nil {
      // The write-ahead log holds what the file does not have yet.
      for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
      }
    }
    return "sqlite:" + copy
  }
}
