/// The personal data in a text, in order and without overlaps: mail addresses, telephone numbers, street addresses, keys
/// and tokens, numbers of cards and accounts.
///
/// Found by form alone, so it is a net and no proof: names are not found, and numbers that look like none are not either.
/// What documentation uses as examples (RFC 2606's domains, the 555-01xx numbers) does not count.
///
/// - Parameter kinds: what is looked for.
public func personalData(
  in text: String, kinds: Set<PersonalDataKind> = Set(PersonalDataKind.allCases)
) -> [PersonalDataMatch] {
  let bytes = Array(text.utf8)
  var found: [PersonalDataMatch] = []
  // A longer name wins over a shorter one at the same place: the digits of an account are no telephone number.
  let finders: [(PersonalDataKind, ([UInt8]) -> [Range<Int>])] = [
    (.secret, secrets), (.email, mailAddresses), (.account, accountNumbers), (.phone, phoneNumbers),
    (.address, streetAddresses),
  ]
  for (kind, find) in finders where kinds.contains(kind) {
    for range in find(bytes) where !found.contains(where: { $0.range.overlaps(range) }) {
      found.append(PersonalDataMatch(kind, range))
    }
  }
  return found.sorted { $0.start < $1.start }
}

/// The text with each piece of personal data replaced by its kind in brackets, such as `[email]`.
public func withoutPersonalData(
  _ text: String, kinds: Set<PersonalDataKind> = Set(PersonalDataKind.allCases)
) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  var position = 0
  for match in personalData(in: text, kinds: kinds) {
    result += bytes[position..<match.start]
    result += Array("[\(match.kind.rawValue)]".utf8)
    position = match.end
  }
  result += bytes[position...]
  return String(decoding: result, as: UTF8.self)
}
