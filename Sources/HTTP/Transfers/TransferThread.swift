import CCurl
import Foundation
import Synchronization

/// The thread that runs the transfers of a client. It starts with the first one and ends when this object is released,
/// for which every reader of a transfer holds it.
final class TransferThread: Sendable {
  private let configuration: HTTPClientConfiguration
  private let inbox = Mutex<TransferInbox?>(nil)

  init(configuration: HTTPClientConfiguration) { self.configuration = configuration }

  deinit { inbox.withLock { $0 }?.post(.stop) }

  /// Starts a transfer and waits until a milestone is reached.
  ///
  /// - Throws: ``TransferFailure``, `CancellationError`.
  func start(_ transfer: Transfer, until milestone: TransferState.Milestone) async throws {
    try Task.checkCancellation()
    try openInbox(for: transfer).post(.start(transfer))
    await wait(for: milestone, of: transfer)
  }

  /// Waits until a milestone is reached or the transfer has ended; when the task is cancelled, it has at once.
  func wait(for milestone: TransferState.Milestone, of transfer: Transfer) async {
    await withTaskCancellationHandler {
      await transfer.wait(for: milestone)
    } onCancel: {
      cancel(transfer)
    }
  }

  /// Ends a transfer, if it is not over yet.
  func cancel(_ transfer: Transfer) {
    let wasRunning = transfer.update { state in
      defer { state.cancel() }
      return state.outcome == nil
    }
    if wasRunning { inbox.withLock { $0 }?.post(.cancel(transfer)) }
  }

  /// The decoded bytes that have come since the last time; a transfer that was paused for them goes on.
  func takeBytes(of transfer: Transfer) -> [UInt8] {
    let (bytes, mustResume) = transfer.update { $0.takeBuffer() }
    if mustResume { inbox.withLock { $0 }?.post(.resume(transfer)) }
    return bytes
  }

  private func openInbox(for transfer: Transfer) throws -> TransferInbox {
    try inbox.withLock { inbox in
      if let inbox { return inbox }
      guard globalInitialization == CURLE_OK, let pointer = curl_multi_init() else {
        let url = redactedURL(transfer.exchange.hop.url.text)
        throw TransferFailure(error: .failed(url: url, reason: "libcurl cannot be set up"), neverSent: true)
      }
      let opened = TransferInbox(multi: MultiHandle(pointer: pointer))
      launch(MultiHandle(pointer: pointer), opened)
      inbox = opened
      return opened
    }
  }

  private func launch(_ multi: MultiHandle, _ inbox: TransferInbox) {
    let configuration = configuration
    let thread = Thread {
      ignoreBrokenPipes()
      TransferLoop(multi: multi, inbox: inbox, configuration: configuration).run()
    }
    thread.name = "twin.http"
    thread.start()
  }
}

/// libcurl's own set-up, once for the process.
private let globalInitialization = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

/// Blocks SIGPIPE for this thread: OpenSSL writes to sockets that the other side may have closed, and with
/// `CURLOPT_NOSIGNAL` libcurl leaves the signal to us.
private func ignoreBrokenPipes() {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &signals, nil)
}
