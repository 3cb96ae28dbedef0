/// A table as the bytes of a Parquet file.
///
/// Flat columns only, each `OPTIONAL`; pages of version 1 with values in the encoding `PLAIN` and definition levels in one
/// bit-packed run; nothing is compressed. Source: the Apache Parquet format 2.11, `parquet.thrift` and `Encodings.md`.
///
/// - Parameters:
///   - columns: as many values each; names that differ.
///   - rowGroupBytes: about how many bytes of values a row group has at most.
/// - Throws: ``DatasetError/unwritableTable(reason:)`` for columns of different lengths or equal names.
public func parquetFile(_ columns: [ParquetColumn], rowGroupBytes: Int = 32 << 20) throws -> [UInt8] {
  let rows = columns.first?.values.count ?? 0
  if let other = columns.first(where: { $0.values.count != rows }) {
    throw DatasetError.unwritableTable(
      reason: "the column \(other.name) has \(other.values.count) values, and \(columns[0].name) has \(rows)")
  }
  guard Set(columns.map(\.name)).count == columns.count else {
    throw DatasetError.unwritableTable(reason: "two columns have one name")
  }
  var bytes = Array("PAR1".utf8)
  var groups: [RowGroup] = []
  for range in rowGroups(columns, rows, limit: max(1, rowGroupBytes)) {
    groups.append(RowGroup(rows: range.count, chunks: columns.map { addChunk($0, range, to: &bytes) }))
  }
  let footer = footer(columns, rows: rows, groups)
  bytes += footer
  bytes.append(littleEndian: UInt32(footer.count))
  bytes += Array("PAR1".utf8)
  return bytes
}

/// A part of a column in the file.
private struct ColumnChunk {
  let column: ParquetColumn
  let values: Int
  let start: Int
  let size: Int
}

private struct RowGroup {
  let rows: Int
  let chunks: [ColumnChunk]
}

/// The numbers of `parquet.thrift` that are used.
private enum Constant {
  static let plain: Int64 = 0
  static let runLength: Int64 = 3
  static let uncompressed: Int64 = 0
  static let dataPage: Int64 = 0
  static let optional: Int64 = 1
  static let text: Int64 = 0
}

private func rowGroups(_ columns: [ParquetColumn], _ rows: Int, limit: Int) -> [Range<Int>] {
  var (ranges, start, size): ([Range<Int>], Int, Int) = ([], 0, 0)
  for row in 0..<rows {
    let added = columns.reduce(0) { $0 + $1.values.size(ofRow: row) }
    if row > start, size + added > limit {
      ranges.append(start..<row)
      (start, size) = (row, 0)
    }
    size += added
  }
  if start < rows { ranges.append(start..<rows) }
  return ranges
}

private func addChunk(_ column: ParquetColumn, _ rows: Range<Int>, to bytes: inout [UInt8]) -> ColumnChunk {
  let levels = packedBits(column.values.isPresent(rows))
  // A bit-packed run: the number of groups of eight, and a one as the lowest bit.
  let run = varint(UInt64((rows.count + 7) / 8) << 1 | 1) + levels
  var page: [UInt8] = []
  page.append(littleEndian: UInt32(run.count))
  page += run
  page += column.values.plain(rows)
  var header = CompactWriter()
  header.integer32(1, Constant.dataPage)
  header.integer32(2, Int64(page.count))
  header.integer32(3, Int64(page.count))
  header.structure(5) { header in
    header.integer32(1, Int64(rows.count))
    header.integer32(2, Constant.plain)
    header.integer32(3, Constant.runLength)
    header.integer32(4, Constant.runLength)
  }
  header.end()
  let start = bytes.count
  bytes += header.bytes
  bytes += page
  return ColumnChunk(column: column, values: rows.count, start: start, size: bytes.count - start)
}

private func footer(_ columns: [ParquetColumn], rows: Int, _ groups: [RowGroup]) -> [UInt8] {
  var writer = CompactWriter()
  writer.integer32(1, 2)
  writer.structures(2, [nil] + columns.map(Optional.some)) { element, column in
    guard let column else {
      element.string(4, "schema")
      element.integer32(5, Int64(columns.count))
      return
    }
    element.integer32(1, column.values.physicalType)
    element.integer32(3, Constant.optional)
    element.string(4, column.name)
    guard case .strings = column.values else { return }
    element.integer32(6, Constant.text)
    element.structure(10) { $0.structure(1) { _ in } }
  }
  writer.integer64(3, Int64(rows))
  writer.structures(4, groups) { group, content in
    group.structures(1, content.chunks, writeChunk)
    group.integer64(2, Int64(content.chunks.reduce(0) { $0 + $1.size }))
    group.integer64(3, Int64(content.rows))
  }
  writer.string(6, "twin")
  writer.end()
  return writer.bytes
}

private func writeChunk(_ writer: inout CompactWriter, _ chunk: ColumnChunk) {
  writer.integer64(2, Int64(chunk.start))
  writer.structure(3) { data in
    data.integer32(1, chunk.column.values.physicalType)
    data.integers32(2, [Constant.plain, Constant.runLength])
    data.strings(3, [chunk.column.name])
    data.integer32(4, Constant.uncompressed)
    data.integer64(5, Int64(chunk.values))
    data.integer64(6, Int64(chunk.size))
    data.integer64(7, Int64(chunk.size))
    data.integer64(9, Int64(chunk.start))
  }
}
