import Domain

/// A line of `provenance.jsonl`: a sample whole, with where it comes from, which row of which side it is, and what was
/// measured of it.
public struct Origin: Codable, Hashable, Sendable {
  /// The sample.
  public let sample: Sample
  /// Its side, `train` or `test`.
  public let split: String
  /// The row in each of the side's files, from 0.
  public let row: Int
  /// What was measured of it.
  public let scores: SampleScores?

  init(_ sample: Sample, split: String, row: Int, scores: SampleScores?) {
    self.sample = sample
    self.split = split
    self.row = row
    self.scores = scores
  }

  /// Reads a line.
  public init(from decoder: any Decoder) throws {
    sample = try FlatSample(from: decoder).sample
    let container = try decoder.container(keyedBy: CodingKeys.self)
    split = try container.decode(String.self, forKey: .split)
    row = try container.decode(Int.self, forKey: .row)
    scores = try container.decodeIfPresent(SampleScores.self, forKey: .scores)
  }

  /// Writes a line.
  public func encode(to encoder: any Encoder) throws {
    try FlatSample(sample).encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(split, forKey: .split)
    try container.encode(row, forKey: .row)
    try container.encodeIfPresent(scores, forKey: .scores)
  }

  enum CodingKeys: String, CodingKey {
    case split, row, scores
  }
}
