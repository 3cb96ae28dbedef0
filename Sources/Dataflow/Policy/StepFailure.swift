import Synchronization

/// An error that is not about the item that met it: whatever comes next would meet it, too, as when a server is gone.
///
/// A body that throws it for an item has its step fail as a whole: nothing is put aside, and no more items are taken by
/// that step nor by those that the items flow through together with it.
public struct StepFailure: Error, CustomStringConvertible {
  /// What went wrong.
  public let cause: any Error

  /// Says of an error that it is the step's.
  public init(_ cause: any Error) {
    self.cause = cause
  }

  /// What the cause says.
  public var description: String { errorText(cause) }
}

/// The first failure that is the step's own, of those that its items met.
final class Fault: Sendable {
  private let state = Mutex<StepFailure?>(nil)

  var failure: StepFailure? { state.withLock { $0 } }

  func set(_ failure: StepFailure) {
    state.withLock { $0 = $0 ?? failure }
  }
}
