/// What differs between two values, in the order of the paths.
///
/// Objects are compared key by key. Lists of one length are compared place by place; of others what is gone and what came
/// is told, whatever its place, so that one element more at the front does not change all.
func changes(_ path: String = "", from before: JSONValue?, to after: JSONValue?) -> [ValueChange] {
  if before == after { return [] }
  switch (before, after) {
  case (.object(let before), .object(let after)):
    return Set(before.keys).union(after.keys).sorted().flatMap { key in
      changes(path.isEmpty ? key : "\(path).\(key)", from: before[key], to: after[key])
    }
  case (.array(let before), .array(let after)) where before.count == after.count:
    return before.indices.flatMap { changes("\(path)[\($0)]", from: before[$0], to: after[$0]) }
  case (.array(let before), .array(let after)):
    return surplus(of: before, over: after).map { ValueChange(path: "\(path)[]", before: $0, after: nil) }
      + surplus(of: after, over: before).map { ValueChange(path: "\(path)[]", before: nil, after: $0) }
  default:
    return [ValueChange(path: path, before: before, after: after)]
  }
}

/// What differs between two dictionaries.
func changes(from before: [String: JSONValue], to after: [String: JSONValue]) -> [ValueChange] {
  changes(from: .object(before), to: .object(after))
}

/// The elements of a list that another one has not, or not as often, in their order.
private func surplus(of list: [JSONValue], over other: [JSONValue]) -> [JSONValue] {
  var counts: [JSONValue: Int] = [:]
  for element in other { counts[element, default: 0] += 1 }
  return list.filter { element in
    guard let count = counts[element], count > 0 else { return true }
    counts[element] = count - 1
    return false
  }
}
