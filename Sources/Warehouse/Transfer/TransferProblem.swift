/// Why a row or a document cannot be taken, in words that follow its name.
struct TransferProblem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
