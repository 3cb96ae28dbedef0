import Domain

/// A line of `provenance.jsonl`: which row of which side a sample is, and where it comes from.
struct Origin: Encodable {
  let sample: Sample
  let split: String
  /// The row in each of the side's files, from 0.
  let row: Int

  func encode(to encoder: any Encoder) throws {
    try sample.provenance.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sample.id, forKey: .id)
    try container.encode(split, forKey: .split)
    try container.encode(row, forKey: .row)
  }

  enum CodingKeys: String, CodingKey {
    case id, split, row
  }
}
