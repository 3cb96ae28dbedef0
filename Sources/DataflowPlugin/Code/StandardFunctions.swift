/// The functions of the standard library that are called by their bare name: such a name need not be a member that an
/// extension adds to the pipeline.
let standardFunctions: Set = [
  "abs", "assert", "assertionFailure", "debugPrint", "dump", "fatalError", "isKnownUniquelyReferenced", "max", "min",
  "numericCast", "precondition", "preconditionFailure", "print", "repeatElement", "sequence", "stride", "swap", "type",
  "unsafeBitCast", "withCheckedContinuation", "withCheckedThrowingContinuation", "withDiscardingTaskGroup",
  "withExtendedLifetime", "withTaskCancellationHandler", "withTaskGroup", "withThrowingDiscardingTaskGroup",
  "withThrowingTaskGroup", "withUnsafeBytes", "withUnsafeMutableBytes", "withUnsafeMutablePointer",
  "withUnsafePointer", "zip",
]
