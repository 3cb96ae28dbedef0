import Concurrency
import Foundation

extension FlowBatch {
  /// Calls a node's body on an item, and keeps what comes of it.
  ///
  /// - Throws: ``FailedItem``, `CancellationError`.
  func make(
    _ index: Int, _ value: any Sendable, _ key: Digest256?, root: Int, _ position: Int
  ) async throws -> Item {
    let node = nodes[index]
    let result: any Sendable
    var isComplete = true
    if node.fan.depth == 1, node.call.isPlain, !node.isLimited, !node.caching.writes {
      result = try plain(node, value, position)
    } else {
      let name = name(of: value, position, node)
      (result, isComplete) = try await node.places.withPlaceIf(node.isLimited) {
        try await StepRecorder.$item.withValue(name) { try await nested(node, value, level: 1, name: name) }
      }
    }
    var item = Item(value: .value(result), root: root, place: position)
    guard node.isKnown || node.caching.writes else { return item }
    guard let data = try? node.fan.item.encode(result) else { return item }
    let digest = Digest256(of: data)
    item.version = digest
    // What was put aside within the call is tried again only if the item is.
    if isComplete, !node.call.recorder.hasPutAside(within: name(of: value, position, node)) {
      item.stored = node.caching.store(data, digest, for: key)
    }
    return item
  }

  /// The quick way for work that takes a microsecond: nothing is made that is not needed unless it fails.
  func plain(_ node: FlowNode, _ value: any Sendable, _ position: Int) throws -> any Sendable {
    var arguments = node.arguments
    arguments.values[node.argument] = value
    do {
      return try node.call.plain(arguments)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw failure(node, name(of: value, position, node), error)
    }
  }

  /// Calls the body on an item, or on the items of the lists that the item is.
  func nested(
    _ node: FlowNode, _ value: any Sendable, level: Int, name: String
  ) async throws -> (any Sendable, isComplete: Bool) {
    guard level < node.fan.depth else { return (try await call(node, value, name), true) }
    guard let inner = node.fan.splits[level](value) else {
      throw failure(
        node, name,
        DataflowError.wrongArgument(
          step: node.signature.name, index: node.argument, expected: node.signature.needs[node.argument].name))
    }
    var results: [any Sendable] = []
    var isComplete = true
    for (index, item) in inner.enumerated() {
      do {
        let inside = "\(name), \(itemName(of: item, at: index, of: inner.count))"
        let (result, isWhole) = try await nested(node, item, level: level + 1, name: inside)
        results.append(result)
        isComplete = isComplete && isWhole
      } catch is FailedItem {
        isComplete = false
      }
    }
    guard let joined = node.fan.innerJoins[level - 1](results) else {
      throw failure(
        node, name,
        DataflowError.wrongResult(
          step: node.signature.name, expected: node.fan.item.name))
    }
    return (joined, isComplete)
  }

  func call(_ node: FlowNode, _ value: any Sendable, _ name: String) async throws -> any Sendable {
    var arguments = node.arguments
    arguments.values[node.argument] = value
    do {
      if node.call.isPlain { return try node.call.plain(arguments) }
      return try await node.call.run(arguments, item: name)
    } catch let error as CancellationError {
      throw error
    } catch {
      try Task.checkCancellation()
      throw failure(node, name, error)
    }
  }

  func failure(_ node: FlowNode, _ name: String, _ error: any Error) -> FailedItem {
    let (attempts, cause) = Attempts.unwrap(error)
    let recorder = node.call.recorder
    if let failure = cause as? StepFailure {
      node.fault.set(failure)
      node.isBroken.set()
    } else {
      recorder.quarantine(item: name, reason: errorText(cause), attempts: attempts)
    }
    if let limit = node.call.policy.maximumFailures, limit.isExceeded(by: recorder.failureCount, of: nil) {
      node.isBroken.set()
    }
    return FailedItem(
      failure: Failure(step: node.signature.name, item: name, error: errorText(cause), attempts: attempts))
  }
}

extension AsyncSemaphore {
  /// Does something in one of the places if `isLimited`, else at once.
  nonisolated(nonsending) func withPlaceIf<Value>(
    _ isLimited: Bool, _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    isLimited ? try await withPlace(work) : try await work()
  }
}
