/// An address to which a path can be added.
package func withoutTrailingSlash(_ address: String) -> String {
  address.hasSuffix("/") ? withoutTrailingSlash(String(address.dropLast())) : address
}
