import Domain
import Foundation
import HTTP

extension JSONValue {
  /// A short hash of the value, whatever the order of its members.
  var fingerprint: String {
    let bytes = (try? JSONEncoder.canonical.encode(self)) ?? Data()
    return String(ContentHash(of: bytes).hexadecimal.prefix(16))
  }
}
