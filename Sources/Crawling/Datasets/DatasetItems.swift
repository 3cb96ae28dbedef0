/// The items of a dataset's file, in order.
struct DatasetItems: Sequence, IteratorProtocol {
  private enum Source {
    case lines(position: Int, line: Int)
    case table(CSVReader, header: [String])
    case list([DatasetItem], position: Int)
  }

  private let bytes: [UInt8]
  private let rowBytes: Int
  private var source: Source

  /// Begins to read a file.
  ///
  /// - Parameter rowBytes: the largest row.
  /// - Throws: ``DatasetProblem`` if the file as a whole is none of its format.
  init(_ bytes: [UInt8], format: TableFormat, rowBytes: Int) throws(DatasetProblem) {
    self.bytes = bytes
    self.rowBytes = rowBytes
    switch format {
    case .jsonLines: source = .lines(position: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, line: 0)
    case .json: source = .list(try items(ofJSON: bytes), position: 0)
    case .csv:
      var reader = CSVReader(bytes)
      let header: [String]?
      do {
        header = try reader.next()
      } catch {
        throw DatasetProblem(reason: "a quote in its first row never closes")
      }
      guard let header, !header.isEmpty else { throw DatasetProblem(reason: "it has no header with names of columns") }
      guard Set(header).count == header.count else {
        throw DatasetProblem(reason: "two of its columns have the same name")
      }
      source = .table(reader, header: header)
    }
  }

  /// The next item; nil at the end.
  mutating func next() -> DatasetItem? {
    switch source {
    case .lines(let position, let line): return nextLine(from: position, after: line)
    case .table(let reader, let header): return nextRow(reader, header)
    case .list(let items, let position):
      guard position < items.count else { return nil }
      source = .list(items, position: position + 1)
      return items[position]
    }
  }

  private mutating func nextLine(from start: Int, after before: Int) -> DatasetItem? {
    var (position, line) = (start, before)
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let text = bytes[position..<end]
      (position, line) = (end + 1, line + 1)
      guard text.contains(where: { $0 > 0x20 }) else { continue }
      source = .lines(position: position, line: line)
      let place = "line \(line)"
      guard text.count <= rowBytes else {
        return .malformed(place: place, reason: "it is longer than \(rowBytes) bytes")
      }
      guard case .object(let fields) = JSONField.read(text) else {
        return .malformed(place: place, reason: "it is no JSON object")
      }
      return .row(fields, place: place)
    }
    source = .lines(position: position, line: line)
    return nil
  }

  private mutating func nextRow(_ before: CSVReader, _ header: [String]) -> DatasetItem? {
    var reader = before
    let values: [String]?
    do {
      values = try reader.next()
    } catch {
      source = .list([], position: 0)
      return .malformed(
        place: "line \(reader.line)", reason: "a quote in it never closes, so that nothing behind it is read")
    }
    source = .table(reader, header: header)
    guard let values else { return nil }
    let place = "line \(reader.line)"
    guard values.count == header.count else {
      return .malformed(place: place, reason: "it has \(values.count) columns, not \(header.count)")
    }
    guard values.reduce(0, { $0 + $1.utf8.count }) <= rowBytes else {
      return .malformed(place: place, reason: "it is longer than \(rowBytes) bytes")
    }
    return .row(Dictionary(uniqueKeysWithValues: zip(header, values.map(JSONField.text))), place: place)
  }
}

/// Why a file is no dataset, as a phrase.
struct DatasetProblem: Error, Hashable {
  var reason: String
}

/// The items of one JSON document.
private func items(ofJSON bytes: [UInt8]) throws(DatasetProblem) -> [DatasetItem] {
  let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  guard let document = JSONField.read(bytes[start...]) else { throw DatasetProblem(reason: "it is no JSON document") }
  let entries = document["data"]?.items ?? document.items
  guard !entries.isEmpty || document == .list([]) || document["data"] == .list([]) else {
    throw DatasetProblem(
      reason: "it is neither a list of JSON objects nor in SQuAD's form, an object with a list `data`")
  }
  return entries.enumerated().map { index, entry in
    let place = "entry \(index + 1)"
    guard case .object(let fields) = entry else { return .malformed(place: place, reason: "it is no JSON object") }
    guard let paragraphs = fields["paragraphs"] else { return .row(fields, place: place) }
    return .passage(passage(title: fields["title"]?.string, paragraphs: paragraphs.items), place: place)
  }
}

/// Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text", 2016; in version 2 a question may be
/// impossible to answer.
private func passage(title: String?, paragraphs: [JSONField]) -> DatasetItem.Passage {
  var passage = DatasetItem.Passage(title: title, paragraphs: [], questions: [])
  for paragraph in paragraphs {
    if let context = paragraph["context"]?.string { passage.paragraphs.append(context) }
    for entry in paragraph["qas"]?.items ?? [] {
      guard let question = entry["question"]?.string else { continue }
      let answer = entry["answers"]?.items.first?["text"]?.string
      passage.questions.append(DatasetItem.Question(question: question, answer: answer))
    }
  }
  return passage
}
