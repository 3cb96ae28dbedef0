/// A Swift file of the plan, read.
struct SourceFile: Sendable {
  /// The index of its module in the plan.
  let module: Int
  /// `Module/path`: what it is called in digests.
  let label: String
  let bytes: [UInt8]
  /// Nil if it does not read as Swift.
  let tokenized: TokenizedFile?
  let declarations: [Declaration]
  /// Whether some of the declarations stand under `#if`.
  let hasConditions: Bool

  init(module: Int, label: String, bytes: [UInt8]) {
    self.module = module
    self.label = label
    self.bytes = bytes
    tokenized = TokenizedFile(bytes)
    (declarations, hasConditions) = tokenized.map(DeclarationReader.declarations) ?? ([], false)
  }
}
