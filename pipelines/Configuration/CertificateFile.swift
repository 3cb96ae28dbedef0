import Foundation

/// A file of certificate authorities: certificates in PEM (RFC 7468), with whatever text between them.
enum CertificateFile {
  /// The largest file that is read, in bytes; the system's own, of all public authorities, has about 220,000.
  static let maximumBytes = 16 << 20

  private static let dashes = "-----"
  // What OpenSSL reads as a certificate (PEM_STRING_X509 and its two others, of openssl/pem.h).
  private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]

  /// What keeps a file from being one; nil if nothing does.
  static func problem(at path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return "there is no such file" }
    guard status.st_mode & S_IFMT == S_IFREG else { return "it is no file" }
    guard status.st_size <= maximumBytes else { return "it is larger than \(maximumBytes >> 20) MiB" }
    guard let data = FileManager.default.contents(atPath: path) else { return "permission denied" }
    return problem(in: String(decoding: data, as: UTF8.self))
  }

  private static func problem(in text: String) -> String? {
    var count = 0
    var open: (label: String, line: Int, body: String)?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = line.trimmingPrefix { $0 == "\u{FEFF}" }
      if let label = label(of: line, "BEGIN ") {
        open = (label, index + 1, "")
      } else if let ended = label(of: line, "END "), let certificate = open, certificate.label == ended {
        guard isCertificate(certificate.body) else { return "its certificate of line \(certificate.line) is damaged" }
        count += 1
        open = nil
      } else {
        open?.body += line
      }
    }
    if let open { return "its certificate of line \(open.line) has no end" }
    return count == 0 ? "it has no line “\(dashes)BEGIN CERTIFICATE\(dashes)”" : nil
  }

  /// The label of a line that begins or ends a certificate.
  private static func label(of line: Substring, _ word: String) -> String? {
    let (start, end) = (dashes + word, line.lastIndex { $0 == "-" } ?? line.startIndex)
    guard line.hasPrefix(start), line[...end].hasSuffix(dashes), line.count > start.count + dashes.count else {
      return nil
    }
    let label = String(line[...end].dropFirst(start.count).dropLast(dashes.count))
    return labels.contains(label) ? label : nil
  }

  /// Whether a body is the base64 of one ASN.1 sequence in DER, which a certificate is (RFC 5280, section 4.1).
  private static func isCertificate(_ body: String) -> Bool {
    let text = body.filter { !$0.isWhitespace }
    guard let bytes = Data(base64Encoded: text).map({ [UInt8]($0) }), bytes.count > 4, bytes[0] == 0x30 else {
      return false
    }
    let lengthBytes = bytes[1] < 0x80 ? 0 : Int(bytes[1] & 0x7F)
    guard lengthBytes <= 3 else { return false }
    let length = lengthBytes == 0 ? Int(bytes[1]) : bytes[2..<(2 + lengthBytes)].reduce(0) { $0 << 8 | Int($1) }
    // A trusted certificate has OpenSSL's own remarks behind it.
    return length > 0 && 2 + lengthBytes + length <= bytes.count
  }
}
