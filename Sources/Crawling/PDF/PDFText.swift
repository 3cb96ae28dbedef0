import Foundation

/// What a PDF holds, as poppler reads it.
struct PDFText: Sendable, Hashable {
  /// The title that it says it has; nil if it says none, or only the name of a file.
  var title: String?
  /// The author that it says it has.
  var author: String?
  /// When it says that it was made.
  var date: Date?
  /// The text, without running heads, page numbers and the hyphens of broken lines; empty if it holds pictures only.
  var text: String

  /// Reads a PDF by poppler's `pdftotext` and `pdfinfo`, in processes of their own.
  ///
  /// - Parameters:
  ///   - item: what messages call it.
  ///   - workFolder: where the bytes are put meanwhile.
  /// - Throws: ``CrawlError``, or `CancellationError`.
  static func read(
    _ bytes: [UInt8], item: String, options: PDFOptions = PDFOptions(), workFolder: String, limits: CrawlLimits
  ) async throws -> PDFText {
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
    let poppler = Poppler(item: item, workFolder: workFolder, limits: limits)
    let pages = try await poppler.output(of: "pdftotext", ["-q", "-enc", "UTF-8", file.path, "-"])
    let text = PDFCleaner(options).text(of: String(decoding: pages, as: UTF8.self))
    // Without `pdfinfo`, or when it finds nothing, the text is as good as before.
    let information = try? await poppler.output(of: "pdfinfo", ["-enc", "UTF-8", "-isodates", file.path])
    try Task.checkCancellation()
    return PDFText(text: text, information: String(decoding: information ?? [], as: UTF8.self))
  }

  /// Reads what `pdfinfo` says.
  init(text: String, information: String) {
    self.text = text
    var values: [Substring: String] = [:]
    for line in information.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = oneLine(line[line.index(after: colon)...]).trimmingCharacters(in: .whitespaces)
      if values[line[..<colon]] == nil, !value.isEmpty { values[line[..<colon]] = value }
    }
    title = values["Title"].flatMap { Self.isTitle($0) ? $0 : nil }
    author = values["Author"]
    date = values["CreationDate"].flatMap { try? Date(Self.withMinutes($0), strategy: .iso8601) }
  }

  /// Programs write the name of the file that they were given, or of themselves, where a title should be.
  private static func isTitle(_ text: String) -> Bool {
    let lower = text.lowercased()
    let isName = ["doc", "docx", "dvi", "tex", "pdf", "ps", "indd", "odt", "qxd", "ppt", "pptx", "rtf"]
      .contains(fileSuffix(lower))
    return text.utf8.count > 2 && !isName && !["untitled", "title", "document"].contains(lower)
      && !lower.hasPrefix("microsoft word") && !lower.hasPrefix("arxiv:") && text.contains(where: \.isLetter)
  }

  /// `pdfinfo` writes the offset of a time zone as `+02`.
  private static func withMinutes(_ date: String) -> String {
    let sign = date.utf8.count > 3 ? date[date.index(date.endIndex, offsetBy: -3)] : " "
    return sign == "+" || sign == "-" ? date + ":00" : date
  }
}
