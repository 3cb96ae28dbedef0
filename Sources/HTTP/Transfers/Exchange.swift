/// One request to one address with all that limits it: what a transfer is made from.
struct Exchange: Sendable {
  /// The request.
  let hop: Hop
  /// The seconds left of the whole exchange.
  let timeout: Double
  /// The most seconds at less than ``minimumSpeed``, if there is such a limit.
  let stallTimeout: Double?
  /// The bytes per second below which a server counts as stalled.
  let minimumSpeed: Int
  /// The most bytes of header lines.
  let maximumHeaderBytes: Int
  /// The most bytes of the decoded body.
  let maximumBodyBytes: Int
  /// The decoded bytes above which the expansion counts.
  let expansionFloor: Int
  /// The most decoded bytes for each received one.
  let maximumExpansion: Int
  /// How many bytes wait for a reader before the transfer is paused.
  let bufferSize: Int
}
