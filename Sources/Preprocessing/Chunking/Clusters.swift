/// The last place at or before `position`, and after `lower`, where a text may be cut without parting what readers see as
/// one character; if there is none near, the last one between two scalars.
func cutPlace(_ bytes: [UInt8], before position: Int, after lower: Int) -> Int {
  guard position < bytes.count else { return position }
  var scalar = position
  while scalar > lower, bytes[scalar].isContinuation { scalar -= 1 }
  var place = scalar
  while place > lower, scalar - place < longestCluster {
    if isClusterBoundary(bytes, place) { return place }
    place = scalarStart(bytes, before: place)
  }
  return scalar
}

/// What is longer is cut all the same: anybody can put a thousand accents on one letter.
private let longestCluster = 256

/// Whether no extended grapheme cluster lies across a place that is between two scalars.
///
/// The rules of Unicode Standard Annex #29, section 3.1.1, that matter where no white space is: nothing is parted from its
/// marks and modifiers (GB9, GB9a), from what a joiner binds to it (GB11, whatever it is), nor a syllable of Hangul (GB6 to
/// GB8), a conjunct of an Indic script (GB9c) or a flag (GB12, GB13). What follows a space is no mark on it.
func isClusterBoundary(_ bytes: [UInt8], _ place: Int) -> Bool {
  guard place > 0, place < bytes.count else { return true }
  let span = bytes.span
  guard span[place] >= 0x80, span[place - 1] > ASCII.space else { return true }
  let next = span.scalar(at: place).value
  let last = span.scalar(at: scalarStart(bytes, before: place)).value
  if last == 0x200D || isExtending(next) { return false }
  if (0x1F1E6...0x1F1FF).contains(next), (0x1F1E6...0x1F1FF).contains(last) {
    return flagLetters(bytes, before: place).isMultiple(of: 2)
  }
  if (0x1160...0x11FF).contains(next), (0x1100...0x11FF).contains(last) || (0xAC00...0xD7A3).contains(last) {
    return false
  }
  return !(isLinker(last) && isLetter(next))
}

/// A mark, a joiner, a modifier of an emoji or a tag; ASCII has none.
private func isExtending(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x200C, 0x200D, 0xFF9E, 0xFF9F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: return true
  case 0xE33, 0xEB3: return true  // sara am of Thai and Lao
  default:
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }
}

private func isLetter(_ scalar: UInt32) -> Bool {
  Unicode.Scalar(scalar)?.properties.generalCategory == .otherLetter
}

/// The viramas that join consonants (`InCB=Linker` of Unicode 15.1).
private func isLinker(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x94D, 0x9CD, 0xACD, 0xB4D, 0xC4D, 0xD4D: true
  default: false
  }
}

/// How many letters of flags stand in a row before a place; no more are counted than matter in any text that is read.
private func flagLetters(_ bytes: [UInt8], before place: Int) -> Int {
  var (count, position) = (0, place)
  while position >= 4, count < longestFlags, bytes[position - 4] == 0xF0, bytes[position - 3] == 0x9F,
    bytes[position - 2] == 0x87, bytes[position - 1] >= 0xA6
  {
    count += 1
    position -= 4
  }
  return count
}

/// Where the scalar begins that ends before a place.
private func scalarStart(_ bytes: [UInt8], before place: Int) -> Int {
  var start = place - 1
  while start > 0, bytes[start].isContinuation { start -= 1 }
  return start
}

/// What is counted at most of a row of letters of flags.
private let longestFlags = 512
