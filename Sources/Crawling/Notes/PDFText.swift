import Foundation

/// The text of a PDF, by poppler's `pdftotext` in a process of its own.
///
/// - Parameter workFolder: where the bytes are put meanwhile.
/// - Throws: ``CrawlError``, or `CancellationError`.
func pdfText(_ bytes: [UInt8], item: String, workFolder: String, limits: CrawlLimits) async throws -> String {
  let file = URL(fileURLWithPath: workFolder).appending(path: "pdf-\(UUID().uuidString).pdf")
  defer { try? FileManager.default.removeItem(at: file) }
  do {
    try await offPool {
      try FileManager.default.createDirectory(atPath: workFolder, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  } catch let error as CocoaError {
    throw CrawlError.cannotRead(
      path: item, reason: "no copy can be made in \(workFolder) (error \(error.code.rawValue))")
  }
  let inherited = ProcessInfo.processInfo.environment
  let process = ChildProcess(
    program: "pdftotext", arguments: ["-q", "-enc", "UTF-8", "-nopgbrk", file.path, "-"],
    environment: ["PATH": inherited["PATH"] ?? "/usr/bin:/bin"], folder: workFolder,
    outputLimit: limits.notes.fileBytes,
    seconds: limits.pdf.seconds)
  do {
    let result = try await process.run()
    guard result.isSuccess else {
      throw CrawlError.cannotRead(path: item, reason: "it is not a PDF that pdftotext can read, or it is encrypted")
    }
    return String(decoding: result.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  } catch let failure as ChildProcess.Failure {
    switch failure {
    case .notInstalled:
      throw CrawlError.missingProgram(
        name: "pdftotext", purpose: "read the PDF \(item) without poppler (apt-get install poppler-utils)")
    case .cannotRun(let reason): throw CrawlError.cannotRead(path: item, reason: "pdftotext did not run: \(reason)")
    case .tookTooLong:
      throw CrawlError.tooLarge(source: item, what: "the time to read it", limit: "\(Int(limits.pdf.seconds)) seconds")
    case .tooMuchOutput:
      throw CrawlError.tooLarge(source: item, what: "its text", limit: "\(limits.notes.fileBytes) bytes")
    }
  }
}
