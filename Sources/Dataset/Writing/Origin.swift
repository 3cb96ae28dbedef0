import Domain

/// A line of `provenance.jsonl`: which row of which side a sample is, and where it comes from.
struct Origin: Codable {
  let id: Identifier
  let provenance: Provenance
  let split: String
  /// The row in each of the side's files, from 0.
  var row: Int

  init(sample: Sample, split: String, row: Int) {
    (id, provenance) = (sample.id, sample.provenance)
    self.split = split
    self.row = row
  }

  init(from decoder: any Decoder) throws {
    provenance = try Provenance(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Identifier.self, forKey: .id)
    split = try container.decode(String.self, forKey: .split)
    row = try container.decode(Int.self, forKey: .row)
  }

  func encode(to encoder: any Encoder) throws {
    try provenance.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(split, forKey: .split)
    try container.encode(row, forKey: .row)
  }

  enum CodingKeys: String, CodingKey {
    case id, split, row
  }
}
