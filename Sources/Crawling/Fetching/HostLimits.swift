/// How much crawlers ask of hosts, and of this machine.
public struct HostLimits: Sendable, Hashable {
  /// The most requests under way at once, over all hosts. 8.
  public var concurrency = 8
  /// The most requests under way at one host. 2.
  public var perHost = 2
  /// The least time from the beginning of one request to a host to that of the next one. 1 second.
  public var delay = Duration.seconds(1)
  /// The sites that are the user's own: a host, which stands for that host with and without `www.`, or `*.` and a domain
  /// for it and all its subdomains. They are asked without delay, and without regard to what they tell crawlers.
  public var ownSites: [String] = []
  /// The most requests under way at a host of one's own. 8.
  public var perOwnHost = 8
  /// The longest that tasks wait for a host that asked for a pause; a longer pause fails what would be asked of the host
  /// meanwhile. 1 minute.
  public var patience = Duration.seconds(60)
  /// The most local sources, programs included, that are read at once. 4.
  public var localConcurrency = 4

  /// The defaults.
  public init() {}

  /// Whether a host is the user's own, whatever its port.
  public func isOwn(_ host: String) -> Bool {
    let host = withoutPort(host.lowercased())
    return ownSites.contains { site in
      let site = site.lowercased()
      if site.hasPrefix("*.") { return host == site.dropFirst(2) || host.hasSuffix(site.dropFirst(1)) }
      return host == site || host == "www." + site || "www." + host == site
    }
  }
}

private func withoutPort(_ host: String) -> String {
  guard let colon = host.lastIndex(of: ":"), host[colon...].dropFirst().utf8.allSatisfy(isDigit) else { return host }
  return String(host[..<colon])
}
