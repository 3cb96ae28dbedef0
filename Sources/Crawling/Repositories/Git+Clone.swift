import Foundation

extension Git {
  /// Runs a command that fills a folder, and ends it when the folder exceeds `limit` bytes.
  ///
  /// - Throws: ``CrawlError``, or `CancellationError`.
  func clone(_ arguments: [String], into folder: String, limit: Int) async throws {
    let tooLarge = CrawlError.tooLarge(source: location.url, what: "its clone", limit: "\(limit >> 20) MiB")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try await run(arguments) }
      group.addTask {
        while try await offPool({ sizeOfFolder(folder) }) <= limit { try await Task.sleep(for: .milliseconds(250)) }
        throw tooLarge
      }
      defer { group.cancelAll() }
      try await group.next()
    }
    guard try await offPool({ sizeOfFolder(folder) }) <= limit else { throw tooLarge }
  }
}

private func sizeOfFolder(_ path: String) -> Int {
  let files = FileManager.default.enumerator(atPath: path)
  var size = 0
  while files?.nextObject() != nil { size += (files?.fileAttributes?[.size] as? NSNumber)?.intValue ?? 0 }
  return size
}
