import BSON
import Foundation
import TestSupport
import Testing

/// The same documents through pymongo.
@Suite struct PeerTests {
  /// pymongo has no types of its own for these: it reads the first as null and the second as text.
  private func isKept(_ value: BSONValue) -> Bool {
    switch value {
    case .undefined, .symbol, .dbPointer: false
    case .array(let values): values.allSatisfy(isKept)
    case .document(let document), .codeWithScope(_, let document): document.elements.allSatisfy { isKept($0.value) }
    default: true
    }
  }

  @Test func `pymongo reads our documents and we read pymongo's`() async throws {
    var generator = SeededGenerator(seed: 21)
    var documents = ValueCase.all.map(\.document) + (0..<600).map { _ in randomDocument(depth: 3, &generator) }
    documents = documents.filter { isKept(.document($0)) }
    try #require(documents.count > 200)
    let ours = try documents.map { document throws(BSONError) in try document.bytes() }
    let folder = try TemporaryFolder()
    try Data(ours.joined()).write(to: folder.url.appending(path: "ours.bson"))
    let result = try await run(
      testPython, [packageRoot.appending(path: "Tests/Peers/bson_peer.py").path, folder.url.path])
    #expect(result.status == 0, "\(result)")
    let theirs = Array(try Data(contentsOf: folder.url.appending(path: "theirs.bson")))
    #expect(theirs == Array(ours.joined()))
    let lines = Array(try Data(contentsOf: folder.url.appending(path: "theirs.ndjson"))).split(separator: 10)
    try #require(lines.count == ours.count)
    for (line, bytes) in zip(lines, ours) {
      #expect(try ExtendedJSON.bson(from: Array(line)) == bytes)
    }
  }
}
