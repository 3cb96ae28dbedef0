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
    found = merged(found, find(bytes).map { PersonalDataMatch(kind, $0) })
  }
  return found
}

/// The matches of both that overlap no earlier one, in order; those that were known come first.
private func merged(_ known: [PersonalDataMatch], _ found: [PersonalDataMatch]) -> [PersonalDataMatch] {
  var result: [PersonalDataMatch] = []
  var known = known[...]
  var end = 0
  for match in found where match.start >= end {
    while let next = known.first, next.end <= match.start { result.append(known.removeFirst()) }
    if let next = known.first, next.start < match.end { continue }
    result.append(match)
    end = match.end
  }
  return result + known
}
