/// The bytes of one call of `decode`, and what belongs to all of its levels.
final class BSONSource {
  /// Nothing once the call has returned: a type may have kept its decoder, but the bytes need not live on.
  @exclusivity(unchecked) private(set) var bytes: UnsafeRawBufferPointer
  let userInfo: [CodingUserInfoKey: Any]
  /// Under which other names fields of the whole are looked for, where the first is missing.
  let aliases: [String: String]

  init(_ bytes: UnsafeRawBufferPointer, userInfo: [CodingUserInfoKey: any Sendable], aliases: [String: String]) {
    self.bytes = bytes
    // The conversion copies even what is empty.
    if userInfo.isEmpty { self.userInfo = [:] } else { self.userInfo = userInfo }
    self.aliases = aliases
  }

  func close() { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }
}
