import Domain

/// The documents of hits and where their chunks begin and end: what a hit's neighbours are read from.
struct Surroundings {
  private var texts: [Identifier: [UInt8]] = [:]
  private var spans: [Identifier: [ChunkSpan]] = [:]

  private struct ChunkSpan {
    var id: Identifier
    var start: Int
    var end: Int
  }

  /// Reads the documents of the hits.
  init(of hits: [SearchHit], in store: VectorStore) async throws {
    for (category, hits) in Dictionary(grouping: hits, by: \.category) {
      let ids = Set(hits.map(\.documentID)).sorted()
      for document in try await store.collection(CleanedDocument.self, of: category).find(ids) {
        texts[document.id] = Array(document.text.utf8)
      }
      for try await embedded in store.collection(EmbeddedChunk.self, of: category).documents(where: .documents(ids)) {
        let chunk = embedded.chunk
        spans[chunk.documentID, default: []].append(ChunkSpan(id: chunk.id, start: chunk.start, end: chunk.end))
      }
    }
    spans = spans.mapValues { $0.sorted { ($0.start, $0.end, $0.id) < ($1.start, $1.end, $1.id) } }
  }

  /// The hit with the text of its `count` neighbours on each side; as it is if its document was changed meanwhile.
  ///
  /// The text is the document's own from where the first neighbour begins: what chunks share stands in it once, and
  /// what stands between them is not lost.
  func surrounded(_ hit: SearchHit, by count: Int) -> SearchHit {
    guard let text = texts[hit.documentID], let spans = spans[hit.documentID],
      let place = spans.firstIndex(where: { $0.id == hit.id }),
      spans[place].start == hit.start, spans[place].end == hit.end
    else { return hit }
    let start = min(hit.start, spans[max(0, place - count)].start)
    let end = spans[place...min(spans.count - 1, place + count)].reduce(hit.end) { max($0, $1.end) }
    guard start >= 0, hit.start <= hit.end, end <= text.count else { return hit }
    var hit = hit
    hit.before = String(decoding: text[start..<hit.start], as: UTF8.self)
    hit.after = String(decoding: text[hit.end..<end], as: UTF8.self)
    return hit
  }
}
