import HTTP

/// The one spelling of a web link that identifies a document.
///
/// Scheme and host are lower case, the scheme's own port, the fragment, dot segments and an empty query are gone,
/// percent-encoding is normalised (RFC 3986, section 6.2.2), and parameters that only say where a reader came from
/// (`utm_*`, `fbclid`, …), or that may be secrets (those whose values `redactedURL` hides), are dropped. The order of the others, letter case of the
/// path and a trailing slash are kept, since servers may tell them apart.
/// - Returns: nil if `link` is not an `http:` or `https:` URL, or holds credentials.
public func canonicalLink(_ link: String) -> String? {
  guard let address = try? WebAddress(link) else { return nil }
  return canonicalLink(of: address)
}

func canonicalLink(of address: WebAddress) -> String {
  let parameters = (address.query ?? "").utf8.split(separator: UInt8(ascii: "&")).filter { parameter in
    let name = String(decoding: parameter.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    return !isDropped(name.lowercased(), at: address) && !mayBeSecret(parameter)
  }
  let query = parameters.map { normalisedEncoding($0) }.joined(separator: "&")
  let path = removingDotSegments(normalisedEncoding(address.path.utf8))
  return address.origin + path + (query.isEmpty ? "" : "?\(query)")
}

private let droppedPrefixes = ["utm_", "mtm_", "pk_", "hsa_", "x-amz-"]

private let droppedParameters: Set<String> = [
  "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id", "igshid",
  "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id", "oly_anon_id", "oly_enc_id", "ref_src",
  "ref_url", "_ga", "_gl",
]

/// Parameters that mean nothing on the hosts of one publisher and may mean something elsewhere.
private let droppedByDomain: [String: Set<String>] = [
  "substack.com": [
    "r", "s", "publication_id", "post_id", "isfreemail", "triedredirect", "showwelcomeonshare", "token",
  ],
  "medium.com": ["source", "sk", "gi"],
  "linkedin.com": ["trk", "trackingid", "lipi", "rcm", "originalsubdomain"],
]

private func isDropped(_ name: String, at address: WebAddress) -> Bool {
  droppedParameters.contains(name) || droppedPrefixes.contains(where: name.hasPrefix)
    || droppedByDomain.contains { address.isHost(in: $0.key) && $0.value.contains(name) }
}

/// A secret must not be kept in a document, and one that is renewed must not make another document of the same page.
private func mayBeSecret(_ parameter: Substring.UTF8View) -> Bool {
  let link = "https://host/?" + String(decoding: parameter, as: UTF8.self)
  return redactedURL(link) != link
}

/// Percent-encoded unreserved characters are decoded; the digits of the others are upper case.
func normalisedEncoding(_ text: some Collection<UInt8>) -> String {
  let bytes = Array(text)
  var result: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
      let high = hexadecimalValue(bytes[index + 1]), let low = hexadecimalValue(bytes[index + 2])
    {
      let byte = high << 4 | low
      result += Array(percentEncoded([byte], keeping: isUnreserved).utf8)
      index += 3
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}

private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  if isDigit(byte) { return byte - UInt8(ascii: "0") }
  let letter = byte | 0x20
  return UInt8(ascii: "a") <= letter && letter <= UInt8(ascii: "f") ? letter - UInt8(ascii: "a") + 10 : nil
}

/// RFC 3986, section 5.2.4, for an absolute path.
private func removingDotSegments(_ path: String) -> String {
  let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  guard segments.contains(where: { $0 == "." || $0 == ".." }) else { return path }
  var kept: [Substring] = []
  for (index, segment) in segments.enumerated() {
    let isLast = index == segments.count - 1
    switch segment {
    case ".": if isLast { kept.append("") }
    case "..":
      if !kept.isEmpty { kept.removeLast() }
      if isLast { kept.append("") }
    default: kept.append(segment)
    }
  }
  return "/" + kept.joined(separator: "/")
}
