extension BSONWriter {
  /// Begins a field of the document that `serial` names.
  ///
  /// - Parameter type: nil if it is not known yet.
  @inline(__always)
  func field(_ key: String, _ type: BSONType?, serial: Int) throws {
    guard serial == frame.serial, frame.kind == .document else { throw notOpen(serial: serial, key: BSONKey(key)) }
    let start = buffer.count
    buffer.append(type?.rawValue ?? 0)
    do throws(BSONError) {
      try buffer.appendCString(key)
    } catch {
      buffer.truncate(to: start)
      throw encodingError(error, path: path(of: serial))
    }
    frame.count += 1
    // Of the bytes just written, without the type and the NUL.
    let bytes = UnsafeRawBufferPointer(rebasing: buffer.bytes[start + 1..<buffer.count - 1])
    if mayHave(key, BSONKeySet.fingerprint(of: bytes), before: start) { removeField(key, before: start) }
  }

  /// Begins an element of the array that `serial` names.
  @inline(__always)
  func item(_ type: BSONType?, serial: Int) throws {
    guard serial == frame.serial, frame.kind == .array else { throw notOpen(serial: serial, key: nil) }
    buffer.append(type?.rawValue ?? 0)
    buffer.appendIndexKey(frame.count)
    frame.count += 1
  }

  /// Begins a scalar as the value that `serial` names.
  func scalar(_ type: BSONType, serial: Int) throws {
    guard serial == frame.serial else { throw notOpen(serial: serial, key: nil) }
    reset(.scalar)
    buffer.patch(type.rawValue, at: frame.typeOffset)
  }

  /// A string as the value of the element that was just begun.
  @inline(__always)
  func append(_ text: String, serial: Int) throws {
    do throws(BSONError) { try buffer.append(text) } catch { throw encodingError(error, path: path(of: serial)) }
  }

  /// Encodes the value of a field.
  func encode<T: Encodable>(_ value: T, field key: String, serial: Int) throws {
    try field(key, nil, serial: serial)
    try encode(value, typeOffset: buffer.count - key.utf8.count - 2, index: -1)
  }

  /// Encodes an element of an array.
  func encode<T: Encodable>(item value: T, serial: Int) throws {
    let (start, index) = (buffer.count, frame.count)
    try item(nil, serial: serial)
    try encode(value, typeOffset: start, index: index)
  }

  /// Encodes the value of the element that was just begun.
  private func encode<T: Encodable>(_ value: T, typeOffset: Int, index: Int) throws {
    let level = outer.count
    let valueStart = buffer.count
    do {
      if let type = try append(known: value, typeOffset: typeOffset, index: index) {
        buffer.patch(type.rawValue, at: typeOffset)
        return
      }
      let serial = nextSerial()
      outer.append(frame)
      frame = BSONFrame(serial: serial, typeOffset: typeOffset, valueStart: valueStart, index: index)
      try value.encode(to: BSONValueEncoder(writer: self, serial: serial))
      try close()
      frame = outer.removeLast()
    } catch {
      // Whoever catches the error can go on as if the element had not been begun.
      if outer.count > level {
        frame = outer[level]
        outer.removeSubrange(level...)
      }
      buffer.truncate(to: typeOffset)
      if index >= 0 { frame.count = index }
      throw error
    }
  }

  /// Encodes the value that `serial` names as another value.
  func encode<T: Encodable>(_ value: T, serial: Int) throws {
    guard serial == frame.serial else { throw notOpen(serial: serial, key: nil) }
    let start = buffer.count
    guard let type = try append(known: value, typeOffset: frame.typeOffset, index: frame.index) else {
      return try value.encode(to: BSONValueEncoder(writer: self, serial: serial))
    }
    // What had been written for this value goes.
    buffer.remove(frame.valueStart..<start)
    buffer.patch(type.rawValue, at: frame.typeOffset)
    frame.kind = .scalar
    frame.deferred = []
  }
}
