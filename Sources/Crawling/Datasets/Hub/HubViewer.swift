import Domain
import Foundation
import HTTP

/// The rows of a dataset as the Hub's viewer gives them, one hundred at a time: for those that are in Parquet only.
struct HubViewer: Sendable {
  let dataset: HubDataset
  let hub: HubInterface
  let source: CrawlSource
  let context: CrawlContext
  let sink: any CrawlSink

  /// How many rows one answer has at most (huggingface.co/docs/dataset-viewer/rows).
  private static let pageSize = 100

  /// Reads the rows of all splits that are wanted.
  func read(by reader: inout DatasetReader) async throws {
    let query = "dataset=\(percentEncoded(dataset.name.utf8, keeping: isUnreserved))"
    guard let list = try await answer(HubSplits.self, to: "/splits?\(query)", for: &reader) else { return }
    var room = context.limits.dataset.servedRows
    for split in list.splits {
      guard dataset.configuration.map({ $0 == split.config }) ?? true,
        dataset.split.map({ $0 == split.split }) ?? true
      else { continue }
      guard room > 0 else { return reader.truncate(at: context.limits.dataset.servedRows) }
      try await read(split, query: query, room: &room, by: &reader)
    }
  }

  private func read(
    _ split: HubSplits.Split, query: String, room: inout Int, by reader: inout DatasetReader
  ) async throws {
    let names = [split.config, split.split].map { percentEncoded($0.utf8, keeping: isUnreserved) }
    let link = "https://huggingface.co/datasets/\(dataset.name)/viewer/\(names[0])/\(names[1])"
    var offset = 0
    while true {
      let count = min(Self.pageSize, room)
      guard count > 0 else { return reader.truncate(at: context.limits.dataset.servedRows) }
      let path = "/rows?\(query)&config=\(names[0])&split=\(names[1])&offset=\(offset)&length=\(count)"
      guard let page = try await answer(HubRows.self, to: path, for: &reader) else { return }
      for row in page.rows.prefix(count) {
        guard try await reader.take(item(of: row, for: reader), link: link) else { return }
      }
      offset += page.rows.count
      room -= page.rows.count
      if page.rows.isEmpty || offset >= page.total ?? .max { return }
    }
  }

  private func item(of row: HubRows.Row, for reader: DatasetReader) -> DatasetItem {
    let place = "row \(row.number)"
    guard case .object(let fields) = row.fields else { return .malformed(place: place, reason: "it is no JSON object") }
    let column = reader.columns.textColumn(among: fields.keys)
    if let column, row.truncated?.contains(column) == true {
      return .malformed(place: place, reason: "the Hub gives only the beginning of it")
    }
    return .row(fields, place: place)
  }

  /// Asks the viewer; nil if the reader was told what is wrong. Nothing of it is remembered: the commit decides whether
  /// it is asked at all.
  private func answer<Value: Decodable>(
    _ type: Value.Type, to path: String, for reader: inout DatasetReader
  ) async throws -> Value? {
    var context = context
    context.memory = NoCrawlMemory()
    let web = WebFetcher(source, producers: [Producer.dataset], context: context, sink: sink)
    let address = try WebAddress(hub.rows + path)
    switch try await web.fetch(address, accept: "application/json", interface: WebInterface(hub.rows)) {
    case .page(let response, _):
      if let value = try? JSONDecoder().decode(type, from: Data(response.body)) { return value }
      let message = "its answer is none of the Hub's viewer; try again later"
      try await reader.fail(CrawlFailure(item: address.redacted, message: message, attempts: response.attempts))
    case .failed(var failure):
      if [401, 403, 404, 422].contains(failure.status) {
        failure.failure.message =
          "the Hub's viewer shows no rows of `\(dataset.name)`; export it as JSON Lines, and name the file in `sources`"
      }
      try await reader.fail(failure.failure)
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .unchanged, .gone: break
    }
    return nil
  }
}
