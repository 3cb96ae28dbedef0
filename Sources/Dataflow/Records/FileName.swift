import Foundation

/// A name as a file name: all but ASCII letters, digits, `-` and `_` is written as `%XX`, so that no name leads elsewhere.
func fileName(of name: String) -> String {
  let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
  return name.addingPercentEncoding(withAllowedCharacters: plain) ?? hexadecimal(name.utf8)
}
