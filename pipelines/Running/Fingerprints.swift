// What the cache knows these by. The chunker's tokenizer is not in its fingerprint: the documents that it is given carry
// the model's.

extension Cleaner: Fingerprinted {}

extension Chunker: Fingerprinted {}
