/// The name of a zip's entry, from its bytes: UTF-8, else code page 437, which is what a name without a mark is in
/// (APPNOTE, appendix D).
func zipName(_ bytes: some Collection<UInt8>) -> String {
  if let name = String(validating: bytes, as: UTF8.self) { return name }
  var name = String.UnicodeScalarView()
  for byte in bytes { name.append(byte < 0x80 ? Unicode.Scalar(byte) : codePage437[Int(byte) - 0x80]) }
  return String(name)
}

/// What one compares names of entries by: some programs write a backslash for a slash, and libarchive undoes that.
func zipNameKey(_ name: String) -> String { name.replacing("\\", with: "/") }

/// The characters of code page 437 from 0x80 on.
private let codePage437 = Array(
  ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
