/// Which web links a crawler takes: a host, optionally with `*.` for it and all its subdomains, optionally followed by
/// the beginning of a path, such as `blog.example.org`, `*.example.org` or `example.org/papers/`.
public struct LinkPattern: Sendable, Hashable, ExpressibleByStringLiteral {
  private let host: String
  private let includesSubdomains: Bool
  private let pathPrefix: String

  /// Reads a pattern; letter case of the host does not matter.
  public init(_ pattern: String) {
    includesSubdomains = pattern.hasPrefix("*.")
    let rest = includesSubdomains ? pattern.dropFirst(2) : pattern[...]
    let host = rest.prefix { $0 != "/" }
    self.host = host.lowercased()
    pathPrefix = String(rest.dropFirst(host.count))
  }

  /// Whether it is a host, with or without its subdomains, and nothing else.
  public var isHost: Bool { pathPrefix.isEmpty && (try? WebAddress("https://\(host)/"))?.host == host }

  /// Reads a literal pattern.
  public init(stringLiteral pattern: String) {
    self.init(pattern)
  }

  /// Whether a link goes to the pattern's crawler; no link that is malformed does.
  public func matches(_ link: String) -> Bool {
    (try? WebAddress(link)).map(matches) ?? false
  }

  func matches(_ address: WebAddress) -> Bool {
    (includesSubdomains ? address.isHost(in: host) : address.host == host)
      && (pathPrefix.isEmpty || address.path.hasPrefix(pathPrefix))
  }
}
