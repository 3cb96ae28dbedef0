/// How many bytes a character takes in UTF-8, by its first one.
func scalarLength(lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

/// The character at a place of valid UTF-8, such as a Swift string always is.
func decodedScalar(_ text: Span<UInt8>, at position: Int) -> UInt32 {
  let lead = UInt32(text[position])
  func continuation(_ offset: Int) -> UInt32 { UInt32(text[position + offset] & 0x3F) }
  switch scalarLength(lead: text[position]) {
  case 1: return lead
  case 2: return (lead & 0x1F) << 6 | continuation(1)
  case 3: return (lead & 0x0F) << 12 | continuation(1) << 6 | continuation(2)
  default: return (lead & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3)
  }
}
