import Domain

/// Where what searches read in an embedded file differs from the chunks that it was made from.
struct IndexFindings: Sendable, Equatable {
  /// How many chunks were compared.
  var chunks = 0
  /// Chunks whose vectors are missing or damaged.
  var withoutVector: [Identifier] = []
  /// Chunks whose quantized vectors are missing or not those of their vectors.
  var withoutCodes: [Identifier] = []
  /// Chunks whose terms are missing or not those of their texts.
  var withoutTerms: [Identifier] = []
  /// How many vectors, quantized vectors and lists of terms are no chunk's.
  var strays = 0
  /// How many blocks of quantized vectors cannot be read.
  var damagedBlocks = 0
  /// Whether the index of words does not agree with the terms that it was made from.
  var hasDamagedWords = false

  /// Whether nothing differs.
  var isWhole: Bool {
    withoutVector.isEmpty && withoutCodes.isEmpty && withoutTerms.isEmpty && strays == 0 && damagedBlocks == 0
      && !hasDamagedWords
  }

  /// What differs, in words.
  var problems: [String] {
    let counts: KeyValuePairs = [
      "chunks without their vector": withoutVector.count,
      "chunks whose quantized vector is missing or another's": withoutCodes.count,
      "chunks whose terms are missing or another's": withoutTerms.count,
      "entries that are no chunk's": strays,
      "blocks of quantized vectors that cannot be read": damagedBlocks,
    ]
    let found = counts.filter { $0.value > 0 }.map { "\($0.key): \($0.value)" }
    return found + (hasDamagedWords ? ["the index of words does not agree with the terms"] : [])
  }
}
