import Crypto
import Domain
import Foundation

/// A SHA-256, in hexadecimal, that changes whenever the vectors of a model may: over samples of its weights, its
/// measures, its vocabulary, the precision and what is written before a text.
///
/// Of the weights it takes the first 64 bytes of every 4096. Training moves nearly every weight, so that another model
/// shows in thousands of samples; reading all 91 MB of all-MiniLM-L6-v2 would double the time to a first vector. It is no
/// proof against somebody who changes single weights on purpose.
///
/// - Throws: ``EmbeddingError/cannotRead(path:reason:)`` for the vocabulary.
func modelDigest(
  of weights: MappedFile, configuration: BertConfiguration, precision: Precision, prefix: String, vocabulary: String
) throws -> String {
  var hash = SHA256()
  hash.update(data: Data("\(weights.count) \(configuration.headCount) \(configuration.epsilon) ".utf8))
  hash.update(data: Data("\(configuration.maximumTokens) ".utf8))
  // Models as they always were keep their digests.
  if precision != .f32 { hash.update(data: Data("\(precision.rawValue) ".utf8)) }
  // What the scales are measured in decides them.
  if precision == .int8 { hash.update(data: Data("measured in bf16 ".utf8)) }
  if configuration.pooling != .mean { hash.update(data: Data("\(configuration.pooling.rawValue) ".utf8)) }
  if !prefix.isEmpty { hash.update(data: Data("\(prefix)\0".utf8)) }
  for offset in stride(from: 0, to: weights.count, by: 4096) {
    let sample = UnsafeRawBufferPointer(start: weights.start + offset, count: min(64, weights.count - offset))
    hash.update(bufferPointer: sample)
  }
  do {
    hash.update(data: try Data(contentsOf: URL(fileURLWithPath: vocabulary)))
  } catch {
    throw EmbeddingError.cannotRead(path: vocabulary, reason: systemReason(of: error))
  }
  return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
