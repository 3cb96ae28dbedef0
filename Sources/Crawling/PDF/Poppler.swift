import Foundation

/// Runs poppler's programs on one PDF.
struct Poppler: Sendable {
  /// What messages call the PDF.
  let item: String
  let workFolder: String
  let limits: CrawlLimits

  /// What a program writes.
  ///
  /// - Throws: ``CrawlError``, or `CancellationError`.
  func output(of program: String, _ arguments: [String]) async throws -> [UInt8] {
    let inherited = ProcessInfo.processInfo.environment
    let process = ChildProcess(
      program: program, arguments: arguments,
      environment: ["PATH": inherited["PATH"] ?? "/usr/bin:/bin"], folder: workFolder,
      outputLimit: limits.notes.fileBytes, seconds: limits.pdf.seconds)
    do {
      let result = try await process.run()
      guard result.isSuccess else {
        throw CrawlError.cannotRead(path: item, reason: "it is not a PDF that \(program) can read, or it is encrypted")
      }
      return result.output
    } catch let failure as ChildProcess.Failure {
      throw error(of: failure, program: program)
    }
  }

  private func error(of failure: ChildProcess.Failure, program: String) -> CrawlError {
    switch failure {
    case .notInstalled:
      .missingProgram(
        name: program, purpose: "read the PDF \(item) without poppler (apt-get install poppler-utils)")
    case .cannotRun(let reason): .cannotRead(path: item, reason: "\(program) did not run: \(reason)")
    case .tookTooLong:
      .tooLarge(source: item, what: "the time to read it", limit: "\(Int(limits.pdf.seconds)) seconds")
    case .tooMuchOutput: .tooLarge(source: item, what: "its text", limit: "\(limits.notes.fileBytes) bytes")
    }
  }
}
