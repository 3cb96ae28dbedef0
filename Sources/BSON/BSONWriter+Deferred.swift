/// Fields that come twice, and containers that have a writer of their own.
extension BSONWriter {
  /// The writer of a field that is a container of its own; the same one for the same key.
  func nested(field key: String, serial: Int) -> BSONWriter {
    guard serial == frame.serial, frame.kind == .document, failure == nil else { return misplaced(serial: serial) }
    var name = key
    let fingerprint = name.withUTF8 { BSONKeySet.fingerprint(of: UnsafeRawBufferPointer($0)) }
    if mayHave(key, fingerprint, before: buffer.count) {
      if let same = frame.deferred.first(where: { $0.key.utf8.elementsEqual(key.utf8) }) { return same.writer }
      removeField(key, before: buffer.count)
    }
    return deferred(key, BSONKey(key))
  }

  /// The writer of an array's element that is a container of its own.
  func nestedItem(serial: Int) -> BSONWriter {
    guard serial == frame.serial, frame.kind == .array, failure == nil else { return misplaced(serial: serial) }
    return deferred(String(frame.count), BSONKey(index: frame.count))
  }

  private func deferred(_ key: String, _ codingKey: BSONKey) -> BSONWriter {
    let writer = BSONWriter(key: key, prefix: path(of: frame.serial) + [codingKey], depth: depth + 1)
    frame.count += 1
    frame.deferred.append(BSONDeferred(offset: buffer.count, key: key, writer: writer))
    return writer
  }

  /// A writer that belongs nowhere, for a container that is asked for where there is no place for it; what it is asked
  /// of fails at its end.
  private func misplaced(serial: Int) -> BSONWriter {
    if failure == nil { fail(notOpen(serial: serial, key: nil)) }
    return BSONWriter(key: "", prefix: [], depth: BSONDocument.maximumDepth + 1)
  }

  /// Writes the containers of their own into the places where they were asked for.
  func insertDeferred() throws {
    let start = frame.valueStart + 4
    let written = Array(UnsafeRawBufferPointer(rebasing: buffer.bytes[start...]))
    buffer.truncate(to: start)
    var position = 0
    for deferred in frame.deferred {
      let end = deferred.offset - start
      buffer.append(contentsOf: Array(written[position..<end]))
      position = end
      try deferred.writer.finish()
      buffer.append(contentsOf: deferred.writer.buffer.bytes)
    }
    buffer.append(contentsOf: Array(written[position...]))
  }

  /// Adds the key of a field and says whether the document may have one of that name already.
  ///
  /// - Parameter end: where the fields end that the document had before.
  @inline(__always)
  func mayHave(_ key: String, _ fingerprint: UInt16, before end: Int) -> Bool {
    if frame.keys.isFull { return has(key, before: end) }
    return frame.keys.insert(fingerprint)
  }

  @inline(never) private func has(_ key: String, before end: Int) -> Bool {
    var set = frame.keys
    frame.keys = BSONKeySet()
    defer { frame.keys = set }
    return set.insert(key) { keys(before: end) }
  }

  /// The keys that the document has so far.
  private func keys(before end: Int) -> [String] {
    var keys = frame.deferred.map(\.key)
    forEachElement(before: end) { keys.append($0.keyForMessages(buffer.bytes)) }
    return keys
  }

  /// Drops the field with the key, if there is one before `end`.
  @inline(never)
  func removeField(_ key: String, before end: Int) {
    frame.deferred.removeAll { $0.key.utf8.elementsEqual(key.utf8) }
    var found: Range<Int>?
    forEachElement(before: end) { element in
      if buffer.bytes[element.keyStart..<element.keyEnd].elementsEqual(key.utf8) {
        found = element.keyStart - 1..<element.valueEnd
      }
    }
    guard let found else { return }
    buffer.remove(found)
    for index in frame.deferred.indices where frame.deferred[index].offset > found.lowerBound {
      frame.deferred[index].offset -= found.count
    }
  }

  private func forEachElement(before end: Int, _ body: (BSONElement) -> Void) {
    var position = frame.valueStart + 4
    while let element = try? BSONElement.read(buffer.bytes, at: position, end: end) {
      body(element)
      position = element.valueEnd
    }
  }
}
