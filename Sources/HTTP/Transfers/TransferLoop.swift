import CCurl

/// What the clients of a thread tell it.
enum TransferCommand: Sendable {
  /// Run a transfer.
  case start(Transfer)
  /// Drop it.
  case cancel(Transfer)
  /// Let a paused one go on.
  case resume(Transfer)
  /// End the thread.
  case stop
}

/// The multi handle of libcurl and the transfers on it; all of it belongs to one thread.
final class TransferLoop {
  private let multi: MultiHandle
  private let inbox: TransferInbox
  private let configuration: HTTPClientConfiguration
  private var running: [ObjectIdentifier: CurlHandle] = [:]
  private var idle: [CurlHandle] = []

  /// How long the thread sleeps when nothing happens, in milliseconds; the inbox and libcurl's own timers wake it.
  private static let longestSleep: Int32 = 60_000

  init(multi: MultiHandle, inbox: TransferInbox, configuration: HTTPClientConfiguration) {
    self.multi = multi
    self.inbox = inbox
    self.configuration = configuration
    set(CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
    set(CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost)
    set(CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
  }

  /// Runs until it is told to stop.
  func run() {
    var active: Int32 = 0
    while takeCommands() {
      curl_multi_perform(multi.pointer, &active)
      finishCompleted()
      curl_multi_poll(multi.pointer, nil, 0, Self.longestSleep, nil)
    }
    for handle in running.values { curl_multi_remove_handle(multi.pointer, handle.pointer) }
    for handle in running.values { handle.transfer?.update { $0.cancel() } }
    running = [:]
    idle = []
    inbox.close()
  }

  private func set(_ option: CURLMoption, _ value: Int) {
    twin_curl_multi_setopt_long(multi.pointer, option, value)
  }

  private func takeCommands() -> Bool {
    for command in inbox.take() {
      switch command {
      case .start(let transfer): start(transfer)
      case .cancel(let transfer): release(running[ObjectIdentifier(transfer)])
      case .resume(let transfer): resume(running[ObjectIdentifier(transfer)])
      case .stop: return false
      }
    }
    return true
  }

  private func start(_ transfer: Transfer) {
    if transfer.update({ $0.outcome != nil }) { return }
    guard let handle = idle.popLast() ?? CurlHandle() else {
      return fail(transfer, CurlOutcome(code: CURLE_FAILED_INIT, message: "out of memory"))
    }
    do {
      try handle.prepare(for: transfer, configuration: configuration)
    } catch {
      let code = (error as? CurlRefusal)?.code ?? CURLE_FAILED_INIT
      return fail(transfer, CurlOutcome(code: code, message: ""))
    }
    running[ObjectIdentifier(transfer)] = handle
    if curl_multi_add_handle(multi.pointer, handle.pointer) != CURLM_OK {
      running[ObjectIdentifier(transfer)] = nil
      fail(transfer, CurlOutcome(code: CURLE_FAILED_INIT, message: ""))
    }
  }

  private func fail(_ transfer: Transfer, _ outcome: CurlOutcome) {
    transfer.update { $0.finish(.failure(outcome.failure(of: transfer.exchange))) }
  }

  private func finishCompleted() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi.pointer, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle,
        let handle = CurlHandle.owner(of: pointer)
      else { continue }
      finish(handle, twin_curl_message_result(message))
    }
  }

  private func finish(_ handle: CurlHandle, _ code: CURLcode) {
    guard let transfer = handle.transfer else { return }
    let text = handle.failureMessage
    release(handle)
    if code == CURLE_OK {
      transfer.update { $0.finish(.success(())) }
    } else {
      let (wasSent, hasHead) = transfer.update { ($0.wasSent, $0.headParser.isComplete) }
      fail(transfer, CurlOutcome(code: code, message: text, wasSent: wasSent, hasHead: hasHead))
    }
  }

  /// Lets a paused transfer go on. libcurl hands over what it has kept meanwhile, and tells a failure of that only here.
  private func resume(_ handle: CurlHandle?) {
    guard let handle else { return }
    let code = curl_easy_pause(handle.pointer, CURLPAUSE_CONT)
    if code != CURLE_OK { finish(handle, code) }
  }

  /// Takes a handle off the multi handle and keeps it for later.
  private func release(_ handle: CurlHandle?) {
    guard let handle, let transfer = handle.transfer else { return }
    curl_multi_remove_handle(multi.pointer, handle.pointer)
    running[ObjectIdentifier(transfer)] = nil
    handle.reset()
    if idle.count < configuration.maximumConnections { idle.append(handle) }
  }
}
