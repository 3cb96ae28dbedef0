/// Several observers as one; each hears of every event, in the order given.
public struct CombinedObserver: RunObserver {
  private let observers: [any RunObserver]

  /// The observers as one.
  public init(_ observers: [any RunObserver]) {
    self.observers = observers
  }

  /// Tells all of them.
  public func observe(_ event: RunEvent) {
    for observer in observers { observer.observe(event) }
  }
}
