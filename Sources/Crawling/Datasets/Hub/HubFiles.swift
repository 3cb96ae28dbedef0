import Domain
import Foundation
import HTTP

/// The files of a dataset on the Hub.
struct HubFiles: Sendable {
  let dataset: HubDataset
  let hub: HubInterface
  let source: CrawlSource
  let context: CrawlContext
  let sink: any CrawlSink

  /// What is known of the dataset: its commit, and the paths of the files that can be read.
  struct Description: Sendable {
    var commit: String
    var files: [String]
  }

  private var web: WebFetcher {
    WebFetcher(source, producers: [Producer.dataset], context: context, sink: sink)
  }

  /// Asks what there is; nil if the sink was told why nobody knows.
  func description() async throws -> Description? {
    let address = try WebAddress("\(hub.root)/api/datasets/\(dataset.name)")
    let fetched = try await web.fetch(
      address, accept: "application/json", interface: hub.web(token: context.hubToken))
    switch fetched {
    case .unchanged(let state):
      return state.links.first.map { Description(commit: $0, files: Array(state.links.dropFirst())) }
    case .page(let response, var state):
      guard let answer = try? JSONDecoder().decode(HubDescription.self, from: Data(response.body)) else {
        let message = "its answer is none of the Hub's interface; try again later"
        try await sink.take(.failed(web.remember(state, failure: message, attempts: response.attempts)))
        return nil
      }
      let files = (answer.siblings ?? []).map(\.path).filter { TableFormat(fileNamed: $0) != nil }
      let description = Description(
        commit: answer.sha, files: Array(files.prefix(context.limits.dataset.files)))
      state.use = .listing
      try await web.remember(state, links: [description.commit] + description.files)
      return description
    case .failed(let failure): try await sink.take(.failed(advised(failure)))
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .gone: break
    }
    return nil
  }

  /// Reads one file, if it has changed.
  ///
  /// - Parameter isTrusted: whether all that was read before was stored; else the file is read again as it is.
  func read(_ path: String, by reader: inout DatasetReader, isTrusted: Bool) async throws {
    let place = "/datasets/\(dataset.name)/resolve/main/\(percentEncodedPath(path))"
    let link = "https://huggingface.co/datasets/\(dataset.name)/blob/main/\(percentEncodedPath(path))"
    switch try await fetch(WebAddress(hub.root + place), isTrusted: isTrusted) {
    case .unchanged:
      for known in try await context.memory.known() where known.value.crawl.goneSince == nil {
        if known.key.hasPrefix(link + "#") { try await sink.take(.unchanged(link: known.key)) }
      }
    case .page(let response, var state):
      let format = TableFormat(fileNamed: path) ?? .json
      do {
        let bytes = try await offPool { [limits = context.limits] in
          try unpackedTable(response.body, item: link, limits: limits)
        }
        try await reader.read(bytes, format: format, link: link)
      } catch CrawlError.unsupportedSource(_, let reason) where format == .json {
        // A `.json` among the files may be anything.
        try await sink.take(.skipped(Skip(item: link, reason: "no table: \(reason)")))
      } catch let error as CrawlError {
        return try await reader.fail(CrawlFailure(item: link, message: error.description))
      }
      state.use = .listing
      try await web.remember(state, links: [])
    case .failed(let failure): try await reader.fail(advised(failure))
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .gone: break
    }
  }

  private func fetch(_ address: WebAddress, isTrusted: Bool) async throws -> Fetched {
    let interface = try hub.web(token: context.hubToken)
    let limit = context.limits.dataset.fileBytes
    if !isTrusted, var state = try await context.memory.fetchState(of: address.redacted) {
      (state.entityTag, state.lastModified, state.bodyHash) = (nil, nil, nil)
      try await context.memory.remember(state)
    }
    return try await web.fetch(address, accept: "*/*", limit: limit, interface: interface)
  }

  private func advised(_ failure: FetchFailure) -> CrawlFailure {
    var advised = failure.failure
    guard advised.attempts > 0 else { return advised }
    switch failure.status {
    case 401, 404:
      advised.message = "the Hub shows no dataset `\(dataset.name)`; check the name, and set HF_TOKEN if it is private"
    case 403:
      advised.message =
        "the Hub asks for its terms to be accepted; accept them on the page of `\(dataset.name)` and set HF_TOKEN"
    default: break
    }
    return advised
  }
}
