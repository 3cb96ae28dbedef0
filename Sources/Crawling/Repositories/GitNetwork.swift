import Foundation
import HTTP

/// How git reaches a host: by an address that was looked at first, or through the client's own proxy.
///
/// git speaks HTTP by itself, so that the client's check of every connection does not hold for it. Instead the host is
/// resolved here, each of its addresses must be one of the public Internet, and git is told to use these and to ask
/// nobody (`http.curloptResolve`; git 2.37 and later): a name that means another address a moment later changes nothing.
struct GitNetwork: Sendable {
  /// The values of git's configuration, by name. They may hold a proxy's password, and so go by the environment.
  var configuration: [(name: String, value: String)] = []

  /// Looks at the host of a repository.
  ///
  /// - Throws: ``CrawlError/repositoryFailed(repository:reason:)`` if it has no address, or a private one although the
  ///   client's configuration does not allow that; `CancellationError`.
  init(to location: RepositoryLocation, by http: HTTPClientConfiguration) async throws {
    guard let host = location.host else { return }
    // Not even an empty value is left to the environment.
    configuration.append(("http.proxy", http.proxy ?? ""))
    if let file = http.certificateAuthorityFile { configuration.append(("http.sslCAInfo", file)) }
    guard !http.allowsPrivateAddresses, http.proxy == nil else { return }
    let addresses = try await addressesOf(host, of: location)
    for address in addresses where !address.isPublic {
      throw CrawlError.repositoryFailed(
        repository: location.url,
        reason: """
          its host has the address \(address), which is in a private network; set `crawl.allow_private_addresses` if it \
          is meant to be
          """)
    }
    // A host that is an address itself needs no name service.
    if IPAddress(host) == nil { use(addresses, for: host, port: location.port) }
  }

  /// Lets git connect to addresses of a host, and to no other.
  mutating func use(_ addresses: [IPAddress], for host: String, port: Int) {
    let list = addresses.map { $0.bytes.count == 4 ? "\($0)" : "[\($0)]" }.joined(separator: ",")
    configuration.append(("http.curloptResolve", "\(host):\(port):\(list)"))
  }

  private func addressesOf(_ host: String, of location: RepositoryLocation) async throws -> [IPAddress] {
    let addresses = try await offPool { resolvedAddresses(of: host) }
    guard let addresses, !addresses.isEmpty else {
      throw CrawlError.repositoryFailed(
        repository: location.url, reason: "its host has no address; check the link and the network connection")
    }
    return addresses
  }
}

/// The addresses of a host, in the order in which they should be tried; nil if it has none, or one that cannot be read.
///
/// It blocks until the system's resolver answers.
private func resolvedAddresses(of host: String) -> [IPAddress]? {
  var list: UnsafeMutablePointer<addrinfo>?
  guard getaddrinfo(host, nil, nil, &list) == 0 else { return nil }
  defer { freeaddrinfo(list) }
  var addresses: [IPAddress] = []
  var next = list
  while let entry = next {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    guard
      getnameinfo(
        entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0,
      // An address with a zone (`fe80::1%eth0`) is of one link only, and no other program's reading of it is sure.
      let address = IPAddress(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    else { return nil }
    if !addresses.contains(address) { addresses.append(address) }
    next = entry.pointee.ai_next
  }
  return addresses
}
