import HTTP

/// The address of the next page of a list, from its `Link` fields (RFC 8288), if it is one of the list's own origin.
func nextPage(_ headers: HTTPHeaders, of address: WebAddress) -> WebAddress? {
  for field in headers.values(of: "Link") {
    // A comma or semicolon may stand inside the brackets of an address, so each link begins at a bracket.
    for link in field.split(separator: "<").dropFirst(field.hasPrefix("<") ? 0 : 1) {
      guard let end = link.firstIndex(of: ">") else { continue }
      let parameters = link[end...].dropFirst().split(whereSeparator: { ";, ".contains($0) })
      guard parameters.contains(where: { ["rel=\"next\"", "rel=next"].contains($0.lowercased()) }),
        let next = try? WebAddress(String(link[..<end])), next.origin == address.origin, next != address
      else { continue }
      return next
    }
  }
  return nil
}
