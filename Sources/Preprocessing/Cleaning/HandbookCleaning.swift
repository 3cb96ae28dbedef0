import Domain

/// What the LLM Engineers Handbook cleans of a document: the values of its content joined by ` #### `.
func handbookText(of document: RawDocument) -> String {
  let values = [document.title, document.subtitle, document.text, document.language].compactMap { $0 }
  return values.filter { !$0.isEmpty }.joined(separator: " #### ")
}

/// Everything but word characters, white space and `.,!?` becomes a space; then runs of white space become one space,
/// and none stands at either end. Word characters and white space are those of Python 3.11's `\w` and `\s` (Unicode
/// 14).
func handbookCleaned(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var spacePending = false
  for scalar in text.unicodeScalars {
    if isKept(scalar) {
      if spacePending, !result.isEmpty { result.append(" ") }
      spacePending = false
      result.append(scalar)
    } else {
      spacePending = true
    }
  }
  return String(result)
}

private func isKept(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9", "_", ".", ",", "!", "?": true
  default: !scalar.isASCII && isPythonWordCharacter(scalar)
  }
}

/// `str.isalnum()`: letters, and whatever has a numeric value, as far as Unicode 14 had assigned them.
func isPythonWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
  let properties = scalar.properties
  guard let age = properties.age, age.major <= 14 else { return false }
  switch properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
  default: return properties.numericType != nil
  }
}
