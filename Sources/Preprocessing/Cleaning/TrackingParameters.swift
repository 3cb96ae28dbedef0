/// Drops the query parameters that only follow readers around from every `http` and `https` URL outside code.
func withoutTracking(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.contains(UInt8(ascii: "?")) else { return bytes }
  return mappingOutsideInlineCode(bytes) { text, result in
    var position = text.startIndex
    while position < text.endIndex {
      guard isStartOfURL(text, at: position) else {
        result.append(text[position])
        position += 1
        continue
      }
      let end = text[position...].firstIndex(where: isEndOfURL) ?? text.endIndex
      appendWithoutTracking(text[position..<end], to: &result)
      position = end
    }
  }
}

private func isStartOfURL(_ text: ArraySlice<UInt8>, at position: Int) -> Bool {
  guard text[position] | 0x20 == UInt8(ascii: "h") else { return false }
  return text[position...].prefix(8).starts(with: "https://".utf8) || text[position...].starts(with: "http://".utf8)
}

private func isEndOfURL(_ byte: UInt8) -> Bool {
  switch byte {
  case 0...0x20, UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "]"): true
  default: false
  }
}

private func appendWithoutTracking(_ url: ArraySlice<UInt8>, to result: inout [UInt8]) {
  guard let question = url.firstIndex(of: UInt8(ascii: "?")) else {
    result.append(contentsOf: url)
    return
  }
  let fragment = url[question...].firstIndex(of: ASCII.numberSign) ?? url.endIndex
  let parameters = url[(question + 1)..<fragment].split(separator: ASCII.ampersand, omittingEmptySubsequences: false)
  let kept = parameters.filter { !isTracking($0) }
  result.append(contentsOf: url[..<question])
  if kept.count == parameters.count {
    result.append(contentsOf: url[question..<fragment])
  } else if !kept.isEmpty {
    result.append(UInt8(ascii: "?"))
    result.append(contentsOf: kept.joined(separator: [ASCII.ampersand]))
  }
  result.append(contentsOf: url[fragment...])
}

/// Names that analytics, advertising and mail services document for their own use.
private let trackingNames: Set<String> = [
  "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh",
  "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking",
  "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id", "wickedid", "s_cid", "ref_src", "ref_url", "_ga", "_gl",
  "trk", "trkcampaign",
]

private func isTracking(_ parameter: ArraySlice<UInt8>) -> Bool {
  let name = parameter.prefix { $0 != UInt8(ascii: "=") }
  guard name.count <= 32 else { return false }
  let lowercased = String(decoding: name, as: UTF8.self).lowercased()
  return lowercased.hasPrefix("utm_") || trackingNames.contains(lowercased)
}
