import CCurl

/// An IPv4 or IPv6 address, to tell public addresses from those that content must not lead to.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// Four or sixteen bytes in network order.
  package let bytes: [UInt8]

  /// The address of these bytes; nil if they are neither four nor sixteen.
  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = Array(bytes)
  }

  /// The address in its text form, as `inet_pton` reads it; nil if it is none.
  package init?(_ text: String) {
    self.init(Self.bytes { twin_address_bytes_of_text(text, $0) })
  }

  /// The address that curl is about to connect to; nil if it is of another family.
  init?(_ address: UnsafePointer<curl_sockaddr>) {
    self.init(Self.bytes { twin_curl_address_bytes(address, $0) })
  }

  private static func bytes(_ fill: (UnsafeMutablePointer<UInt8>?) -> Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in count = Int(fill(buffer.baseAddress)) }
  }

  /// Whether it is an ordinary address of the public Internet.
  ///
  /// The lists are the IANA special-purpose address registries (RFC 6890) with multicast. Of IPv6 only the global unicast
  /// space 2000::/3 can be public; an address that carries an IPv4 address (mapped: RFC 4291, NAT64: RFC 6052,
  /// 6to4: RFC 3056) is what that one is.
  package var isPublic: Bool {
    if bytes.count == 4 { return !Self.specialIPv4.contains { $0.contains(bytes) } }
    if let carried = carriedIPv4 { return carried.isPublic }
    return Prefix([0x20], 3).contains(bytes) && !Self.specialIPv6.contains { $0.contains(bytes) }
  }

  private var carriedIPv4: IPAddress? {
    if Prefix([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96).contains(bytes)
      || Prefix([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96).contains(bytes)
    {
      return IPAddress(bytes[12..<16])
    }
    return Prefix([0x20, 0x02], 16).contains(bytes) ? IPAddress(bytes[2..<6]) : nil
  }

  private static let specialIPv4: [Prefix] = [
    Prefix([0], 8), Prefix([10], 8), Prefix([100, 64], 10), Prefix([127], 8), Prefix([169, 254], 16),
    Prefix([172, 16], 12), Prefix([192, 0, 0], 24), Prefix([192, 0, 2], 24), Prefix([192, 88, 99], 24),
    Prefix([192, 168], 16), Prefix([198, 18], 15), Prefix([198, 51, 100], 24), Prefix([203, 0, 113], 24),
    Prefix([224], 4), Prefix([240], 4),
  ]

  /// Protocol assignments with Teredo, documentation.
  private static let specialIPv6: [Prefix] = [
    Prefix([0x20, 0x01, 0x00], 23), Prefix([0x20, 0x01, 0x0d, 0xb8], 32), Prefix([0x3f, 0xff, 0x00], 20),
  ]

  /// The text form: dotted, or eight groups of hexadecimal digits.
  package var description: String {
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
      .joined(separator: ":")
  }
}

/// The first bits of a block of addresses.
private struct Prefix {
  let bytes: [UInt8]
  let bits: Int

  init(_ bytes: [UInt8], _ bits: Int) {
    self.bytes = bytes
    self.bits = bits
  }

  func contains(_ address: [UInt8]) -> Bool {
    for (index, byte) in bytes.enumerated() {
      let left = min(8, bits - index * 8)
      let mask = UInt8(truncatingIfNeeded: 0xff00 >> left)
      if (byte ^ address[index]) & mask != 0 { return false }
    }
    return true
  }
}
