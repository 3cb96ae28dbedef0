/// The limits of a client; every one has a default.
///
/// Times are in seconds, sizes in bytes.
public struct HTTPClientConfiguration: Sendable {
  /// The `User-Agent` field.
  public var userAgent: String = "twin/0.1"
  /// Whether addresses from content may be private.
  public var allowsPrivateAddresses: Bool = false
  /// A proxy as `http://host:port` (or `socks5h://…`), nil for none. The environment's proxy variables are not read.
  ///
  /// Behind a proxy it is the proxy that resolves and connects, so private addresses are **not** refused: the proxy
  /// must do that.
  public var proxy: String?
  /// A PEM file of certificate authorities to trust, nil for the system's alone.
  ///
  /// It takes the place of the file that libcurl was built to read (`CURLOPT_CAINFO`). The folder of the system's
  /// certificates, which libcurl has on Debian, Ubuntu and many others (`CURLOPT_CAPATH`), is trusted besides.
  public var certificateAuthorityFile: String?

  /// The most connections at once.
  public var maximumConnections: Int = 64
  /// The most connections at once to one host; more requests wait their turn (HTTP/2 shares a connection).
  public var maximumConnectionsPerHost: Int = 16

  /// The most time for a connection, TLS included.
  public var connectTimeout: Double = 10
  /// The most time for a whole exchange: waiting for a connection, redirects, retries and the pauses between them.
  public var totalTimeout: Double = 60
  /// The most time without a byte from the server, or, where content chose it, at less than ``minimumSpeed``.
  public var stallTimeout: Double = 30
  /// The bytes per second that a server must send which content chose: one that drips could hold a place for as long as
  /// ``totalTimeout``. No network that is any use is slower.
  public var minimumSpeed: Int = 64

  /// How often a request is sent at most.
  public var maximumAttempts: Int = 5
  /// The pause before the second attempt; it doubles from one attempt to the next.
  public var backoffBase: Double = 0.5
  /// The longest pause, unless the server asks for a longer one (`Retry-After`).
  public var backoffCap: Double = 8

  /// The most redirects followed.
  public var maximumRedirects: Int = 10
  /// The most bytes of a response's header section.
  public var maximumHeaderBytes: Int = 128 * 1024
  /// The most bytes of a decoded body.
  public var maximumBodyBytes: Int = 20 * 1024 * 1024
  /// The most decoded bytes for each received one, above ``expansionFloor``.
  public var maximumExpansion: Int = 200
  /// The decoded bytes up to which any expansion is allowed: small pages of repeated text compress very well.
  public var expansionFloor: Int = 1024 * 1024

  /// The defaults.
  public init() {}
}
