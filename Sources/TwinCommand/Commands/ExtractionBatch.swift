import Foundation
import Pipelines

/// The pages of a folder, each made a file of another: `twin extract --batch`.
struct ExtractionBatch {
  let folder: String
  let output: String
  let format: PageFormat

  /// Makes the files, as many at a time as there are cores.
  ///
  /// - Throws: ``InputError`` when the folders cannot be used, `CancellationError`, or the exit code of a batch of which
  ///   some failed.
  func run() async throws {
    let names = try pages()
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch {
      throw InputError.cannotWrite(name: output, reason: error.localizedDescription)
    }
    var remaining = names.makeIterator()
    var failed = 0
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
        if let name = remaining.next() { group.addTask { try await extract(name) } }
      }
      while let succeeded = try await group.next() {
        if !succeeded { failed += 1 }
        if let name = remaining.next() { group.addTask { try await extract(name) } }
      }
    }
    StandardStreams.printError(
      "\(counted(names.count - failed, "page")) written to \(output)" + (failed > 0 ? ", \(failed) failed" : ""))
    if failed > 0 { throw ExitStatus.partial.code }
  }

  /// The names of the pages, in order.
  private func pages() throws(InputError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".html") && !$0.hasPrefix(".") }.sorted()
    } catch {
      throw .cannotRead(name: folder, reason: error.localizedDescription)
    }
  }

  /// Makes one file; says what is wrong with a page that cannot be read.
  ///
  /// - Throws: `CancellationError`, or ``InputError`` when nothing can be written.
  private func extract(_ name: String) async throws -> Bool {
    let text: String
    do {
      let html = try await InputReader(folder + "/" + name).readPage(limit: ExtractionLimits().bytes)
      text = try format.rendered(try Extractor().extract(html: html))
    } catch let error as CancellationError {
      throw error
    } catch {
      StandardStreams.printError("twin: \(name): \(error)")
      return false
    }
    let path = "\(output)/\(name.dropLast("html".count))\(format.suffix)"
    try await offPool {
      let file = try ResultFile(path)
      try file.write(Data(text.utf8))
      try file.finish(isFlushed: false)
    }
    return true
  }
}
