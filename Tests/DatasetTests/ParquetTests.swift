import Dataset
import Domain
import Foundation
import TestSupport
import Testing

/// Files that pyarrow reads.
struct ParquetTests {
  private func read(_ bytes: [UInt8]) throws -> [String: Any] {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "table.parquet")
    try Data(bytes).write(to: file)
    let script = packageRoot.appending(path: "Tests/Peers/parquet_reader.py").path
    let result = try runBlocking(testPython, [script, file.path])
    try #require(result.status == 0, "\(result)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test(arguments: 0..<8)
  func `random rows come back the same, with their types and nulls`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let count = [0, 1, 7, 8, 9, 100, 1000, 333][seed]
    let texts = ["", "a", "é\n\"\\", "中文 🚀", "\u{0}nul", String(repeating: "long ", count: 200)]
    func some<Value>(_ value: (inout SeededGenerator) -> Value) -> [Value?] {
      (0..<count).map { _ in Int.random(in: 0..<4, using: &generator) == 0 ? nil : value(&generator) }
    }
    let strings = some { texts.randomElement(using: &$0) ?? "" }
    let integers = some { Int64.random(in: .min ... .max, using: &$0) }
    let doubles = some { Double(Int.random(in: -1_000_000...1_000_000, using: &$0)) / 64 }
    let booleans = some { Bool.random(using: &$0) }
    let columns = [
      ParquetColumn("text", .strings(strings)), ParquetColumn("whole", .integers(integers)),
      ParquetColumn("share", .doubles(doubles)), ParquetColumn("truth", .booleans(booleans)),
    ]
    let file = try read(try parquetFile(columns, rowGroupBytes: seed == 6 ? 5000 : 32 << 20))
    let types = try #require(file["columns"] as? [[Any]]).map { $0.prefix(2).compactMap { $0 as? String } }
    #expect(types == [["text", "string"], ["whole", "int64"], ["share", "double"], ["truth", "bool"]])
    let rows = try #require(file["rows"] as? [[String: Any]])
    #expect(rows.map { $0["text"] as? String } == strings)
    #expect(rows.map { ($0["whole"] as? NSNumber)?.int64Value } == integers)
    #expect(rows.map { ($0["share"] as? NSNumber)?.doubleValue } == doubles)
    #expect(rows.map { ($0["truth"] as? NSNumber)?.boolValue } == booleans)
    let groups = try #require(file["groups"] as? [Int])
    #expect(groups.reduce(0, +) == count && (seed == 6 ? groups.count > 10 : groups.count <= 1))
  }

  @Test func `more columns than a short list has are written, too`() throws {
    let columns = (0..<20).map { ParquetColumn("c\($0)", .integers([Int64($0), nil])) }
    let file = try read(try parquetFile(columns))
    let rows = try #require(file["rows"] as? [[String: Any]])
    #expect((rows.first?["c19"] as? NSNumber)?.int64Value == 19 && rows.last?["c19"] is NSNull)
    #expect(file["creator"] as? String == "twin")
  }

  @Test func `columns that do not fit together are an error`() {
    #expect(throws: DatasetError.self) {
      try parquetFile([ParquetColumn("a", .integers([1])), ParquetColumn("b", .integers([]))])
    }
    #expect(throws: DatasetError.self) {
      try parquetFile([ParquetColumn("a", .integers([1])), ParquetColumn("a", .integers([1]))])
    }
  }
}
