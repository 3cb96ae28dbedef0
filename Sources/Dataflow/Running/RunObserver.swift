/// Something that wants to know how a run goes, such as the command line's progress display.
public protocol RunObserver: Sendable {
  /// Takes note of an event. Called from several tasks at once, and to return quickly: the run waits for it.
  func observe(_ event: RunEvent)
}
