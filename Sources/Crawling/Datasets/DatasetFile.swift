import Domain
import Foundation
import HTTP

/// A dataset of one file, here or on the web.
struct DatasetFile: Sendable {
  let source: CrawlSource
  let columns: DatasetColumns
  let author: User
  let context: CrawlContext
  let sink: any CrawlSink

  private var digest: String { source.digest(producers: [Producer.dataset]) }

  /// Reads a file.
  func local(_ path: String) async throws -> Coverage {
    let limit = context.limits.dataset.fileBytes
    let bytes: [UInt8]
    do {
      bytes = try await context.gate.withLocalTurn { try await offPool { try readNamedFile(path, limit: limit) } }
    } catch SafeFileError.unreadable(let reason) {
      throw CrawlError.cannotRead(path: path, reason: reason)
    } catch SafeFileError.tooLarge {
      throw CrawlError.tooLarge(source: path, what: "the file", limit: "\(limit >> 20) MiB")
    }
    guard let format = TableFormat(fileNamed: path) else {
      throw CrawlError.unsupportedSource(
        source: path, reason: "only .jsonl, .ndjson, .csv and .json files, and these as .gz, are datasets")
    }
    let version = ContentHash(of: bytes).hexadecimal
    if try await isRead(version) { return .unchanged }
    let link = "file://" + percentEncodedPath(path)
    let record = CrawlRecord(
      source: source.redactedLocation, url: link, fetchedAt: context.date, producer: Producer.dataset)
    return try await read(
      unpacked(bytes, item: path), format: format, version: version, link: link, platform: "file", record: record)
  }

  /// Fetches a file, if it has changed, and reads it.
  func remote(_ address: WebAddress) async throws -> Coverage {
    guard !address.isLinkedIn else { throw CrawlError.linkedInPage(link: address.redacted) }
    let web = WebFetcher(source, producers: [Producer.dataset], context: context, sink: sink)
    switch try await fetch(address, by: web) {
    case .page(let response, var state):
      var response = response
      response.body = try await unpacked(response.body, item: address.redacted)
      guard let format = Self.format(of: response, at: address) else {
        throw CrawlError.unsupportedSource(source: address.redacted, reason: "it is neither JSON Lines, CSV nor JSON")
      }
      let version = state.bodyHash?.hexadecimal ?? ""
      if try await isRead(version) { return .unchanged }
      let record = CrawlRecord(
        source: source.redactedLocation, requestedURL: state.url, url: state.finalURL, fetchedAt: context.date,
        status: response.status, entityTag: state.entityTag, lastModified: state.lastModified,
        producer: Producer.dataset)
      let coverage = try await read(
        response.body, format: format, version: version, link: canonicalLink(of: address),
        platform: address.platform, record: record)
      // What it gave is known by its source, which may be a hundred thousand documents.
      state.use = .listing
      try await web.remember(state, links: [])
      return coverage
    case .unchanged: return .unchanged
    case .gone(let links, let why): for link in links { try await sink.take(.gone(link: link, why: why)) }
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .failed(let failure): try await sink.take(.failed(failure.failure))
    }
    return .partial
  }

  /// Asks for the file; once more without conditions if it is as it was, and not all of it was read then.
  private func fetch(_ address: WebAddress, by web: WebFetcher) async throws -> Fetched {
    let accept = "application/jsonl, application/x-ndjson, text/csv, application/json;q=0.9, */*;q=0.1"
    let limit = context.limits.dataset.fileBytes
    let fetched = try await web.fetch(address, accept: accept, limit: limit)
    guard case .unchanged(var state) = fetched, try await !isRead(state.bodyHash?.hexadecimal) else { return fetched }
    (state.entityTag, state.lastModified, state.bodyHash) = (nil, nil, nil)
    try await web.remember(state, links: [])
    return try await web.fetch(address, accept: accept, limit: limit)
  }

  private func unpacked(_ bytes: [UInt8], item: String) async throws -> [UInt8] {
    guard isGzip(bytes) else { return bytes }
    return try await offPool { [limits = context.limits] in try unpackedTable(bytes, item: item, limits: limits) }
  }

  private func isRead(_ version: String?) async throws -> Bool {
    guard let state = try await context.memory.sourceState() else { return false }
    return state.isComplete && state.digest == digest && state.version == version
  }

  private func read(
    _ bytes: [UInt8], format: TableFormat, version: String, link: String, platform: String, record: CrawlRecord
  ) async throws -> Coverage {
    var reader = DatasetReader(
      columns: columns, source: source, author: author, sink: sink, limits: context.limits.dataset,
      platform: platform, record: record)
    try await reader.read(bytes, format: format, link: link)
    try await reader.finish()
    try await context.memory.remember(
      SourceState(version: version, digest: digest, isComplete: !reader.hasFailed))
    return reader.coverage
  }

  /// By the suffix, else by the content type, else by the first byte.
  static func format(of response: HTTPResponse, at address: WebAddress) -> TableFormat? {
    if let format = TableFormat(fileNamed: address.path) { return format }
    let type = response.headers["Content-Type"].map {
      $0.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }
    if let format = type.flatMap(TableFormat.init(mediaType:)) { return format }
    switch response.body.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "["): return .json
    case UInt8(ascii: "{"):
      let first = response.body.prefix { $0 != UInt8(ascii: "\n") }
      return JSONField.read(first) != nil && first.count < response.body.count - 1 ? .jsonLines : .json
    default: return nil
    }
  }
}
