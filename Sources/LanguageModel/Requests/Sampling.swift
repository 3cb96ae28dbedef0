/// How to choose among likely words.
public struct Sampling: Codable, Hashable, Sendable {
  /// 0 for the likeliest word; higher for more variety.
  public var temperature: Double
  /// Makes the same request give the same reply, where the server can.
  public var seed: Int?
  /// The most tokens of the reply.
  public var maximumTokens: Int

  /// Makes a sampling; the defaults suit generating data: some variety, a fixed seed.
  public init(temperature: Double = 0.7, seed: Int? = 1, maximumTokens: Int = 2048) {
    self.temperature = temperature
    self.seed = seed
    self.maximumTokens = maximumTokens
  }
}
