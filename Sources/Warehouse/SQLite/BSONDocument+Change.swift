import BSON

extension BSONDocument {
  /// Applies a change as MongoDB's update operators do
  /// (<https://www.mongodb.com/docs/manual/reference/operator/update-field/>).
  ///
  /// - Throws: ``WarehouseError/invalidUpdate(collection:document:reason:)`` when what is stored cannot be changed so.
  mutating func apply(_ change: FieldChange, collection: String, id: String) throws {
    func refusal(_ reason: String) -> WarehouseError {
      .invalidUpdate(collection: collection, document: id, reason: "\(change.path): \(reason)")
    }

    let stored = self[path: change.path]
    let value: BSONValue?
    switch change.operation {
    case .set:
      value = try change.encodedValue()
    case .unset:
      // MongoDB makes nothing on the way to what it removes.
      guard stored != nil else { return }
      value = nil
    case .increment(let amount):
      guard let sum = sum(stored ?? .int64(0), amount) else {
        throw refusal("\(stored?.typeName ?? "the number") cannot be increased by \(amount)")
      }
      value = sum
    case .append:
      var elements: [BSONValue] = []
      switch stored {
      case .array(let values): elements = values
      case nil: break
      case let other?: throw refusal("\(other.typeName) is not an array")
      }
      if let element = try change.encodedValue() { elements.append(element) }
      value = .array(elements)
    }
    guard set(value, atPath: change.path) else { throw refusal("something on the way to it is not a document") }
  }
}

/// A number and a whole one; an int32 that becomes too large is an int64. Nil when there is no such number.
private func sum(_ value: BSONValue, _ amount: Int64) -> BSONValue? {
  switch value {
  case .int32(let number):
    let (sum, overflow) = Int64(number).addingReportingOverflow(amount)
    return overflow ? nil : Int32(exactly: sum).map { .int32($0) } ?? .int64(sum)
  case .int64(let number):
    let (sum, overflow) = number.addingReportingOverflow(amount)
    return overflow ? nil : .int64(sum)
  case .double(let number): return .double(number + Double(amount))
  default: return nil
  }
}
