import Domain
import Foundation

/// Makes the document of one note.
struct NoteReader: Sendable {
  let pages: PageReader
  let author: User
  let source: CrawlSource
  let context: CrawlContext

  /// What became of a note.
  enum Result: Sendable {
    case document(RawDocument)
    case skip(String)
    case failure(String)

    /// What the sink is told of a note, by the name it has when it is left out and when it fails.
    func event(skipping item: String, failing failed: String) -> CrawlEvent {
      switch self {
      case .document(let document): .document(document)
      case .skip(let reason): .skipped(Skip(item: item, reason: reason))
      case .failure(let message): .failed(CrawlFailure(item: failed, message: message))
      }
    }
  }

  /// Reads a note's bytes.
  ///
  /// - Parameters:
  ///   - file: the absolute path, which becomes the link.
  ///   - path: the path inside the folder of notes; nil for a note that the user named by itself.
  /// - Throws: `CancellationError`.
  func read(_ bytes: [UInt8], format: NoteFormat, file: String, path: String?) async throws -> Result {
    switch format {
    case .markdown, .text: return plain(bytes, format: format, file: file, path: path)
    case .html: return page(bytes, file: file, path: path)
    case .pdf:
      do {
        let pdf = try await PDFText.read(
          bytes, item: file, options: PDFOptions(source), workFolder: context.workFolder, limits: context.limits)
        guard !pdf.text.isEmpty else {
          return .failure("the PDF holds no text, only pictures; run text recognition (OCR) on it first")
        }
        var document = document(
          bytes, title: pdf.title, text: pdf.text, file: file, path: path, producer: Producer.pdf)
        document.publishedAt = pdf.date
        return .document(document)
      } catch let error as CrawlError {
        return .failure(error.description)
      }
    }
  }

  private func plain(_ bytes: [UInt8], format: NoteFormat, file: String, path: String?) -> Result {
    guard let decoded = decodedText(bytes) else { return .skip("binary") }
    let note = format == .markdown ? FrontMatter(of: decoded) : FrontMatter(plainText: decoded)
    guard note.body.utf8.contains(where: { $0 > 0x20 }) else { return .skip("empty") }
    var document = document(
      bytes, title: note["title"] ?? (format == .markdown ? firstHeading(of: note.body) : nil), text: note.body,
      file: file, path: path, producer: Producer.text)
    document.subtitle = note["description", "subtitle"]
    document.language = note["lang", "language"]
    document.publishedAt = note.date
    document.tags = note.tags
    return .document(document)
  }

  private func page(_ bytes: [UInt8], file: String, path: String?) -> Result {
    if let post = LinkedInPage(bytes) {
      guard var document = post.document(author: author, crawl: record(bytes, file, Producer.linkedIn)) else {
        return .skip("a LinkedIn post without own words")
      }
      document.path = path
      return .document(document)
    }
    do {
      let page = try pages.read(bytes, nil, nil)
      if let problem = page.problem {
        let advice = problem.advice(isSaved: true)
        return problem.isFailure ? .failure(advice) : .skip(advice)
      }
      let canonical = page.canonicalURL.flatMap { try? WebAddress($0) }
      var document = page.document(
        link: canonical.map(canonicalLink(of:)) ?? fileLink(file), platform: canonical?.platform ?? "file",
        author: author, crawl: record(bytes, file, Producer.page))
      document.path = path
      document.title = document.title ?? stem(of: file)
      return .document(document)
    } catch {
      return .failure("the page cannot be read: \(error)")
    }
  }

  private func document(
    _ bytes: [UInt8], title: String?, text: String, file: String, path: String?, producer: String
  ) -> RawDocument {
    RawDocument(
      category: .articles, link: fileLink(file), platform: "file", author: author, title: title ?? stem(of: file),
      text: text, path: path, crawl: record(bytes, file, producer))
  }

  private func record(_ bytes: [UInt8], _ file: String, _ producer: String) -> CrawlRecord {
    CrawlRecord(
      source: source.redactedLocation, url: fileLink(file), fetchedAt: context.date, bodyHash: ContentHash(of: bytes),
      producer: producer)
  }

  private func fileLink(_ file: String) -> String { "file://" + percentEncodedPath(file) }

  private func stem(of file: String) -> String {
    String(fileName(file).dropLast(fileSuffix(file).count + 1))
  }
}

/// The text of the first line that is a Markdown heading of level 1 outside of code; nil if there is none.
func firstHeading(of markdown: String) -> String? {
  var isCode = false
  for line in markdown.split(separator: "\n") {
    if line.hasPrefix("```") || line.hasPrefix("~~~") { isCode.toggle() }
    guard !isCode, line.hasPrefix("# ") else { continue }
    let title = line.dropFirst(2).trimmingCharacters(in: CharacterSet(charactersIn: " #\r\t"))
    return title.isEmpty ? nil : title
  }
  return nil
}
