import CCurl

extension CurlHandle {
  /// Has libcurl call back with this handle; it lives in its loop's table as long as libcurl may do so.
  func setCallbacks() throws {
    let me = Unmanaged.passUnretained(self).toOpaque()
    try set(CURLOPT_HEADERDATA, me)
    try set(CURLOPT_WRITEDATA, me)
    try set(CURLOPT_OPENSOCKETDATA, me)
    try set(CURLOPT_PREREQDATA, me)
    try check(twin_curl_setopt_data_callback(pointer, CURLOPT_HEADERFUNCTION, takeHeader))
    try check(twin_curl_setopt_data_callback(pointer, CURLOPT_WRITEFUNCTION, takeBody))
    try check(twin_curl_setopt_opensocket(pointer, openSocket))
    try check(twin_curl_setopt_prereq(pointer, approveConnection))
  }

  fileprivate static func transfer(_ user: UnsafeMutableRawPointer?) -> (handle: CurlHandle, transfer: Transfer)? {
    guard let user else { return nil }
    let handle = Unmanaged<CurlHandle>.fromOpaque(user).takeUnretainedValue()
    return handle.transfer.map { (handle, $0) }
  }
}

/// Any number but that of the bytes given ends the transfer.
private let refusal = 0

private let takeHeader: curl_write_callback = { bytes, size, count, user in
  guard let (_, transfer) = CurlHandle.transfer(user) else { return refusal }
  let line = [UInt8](UnsafeRawBufferPointer(start: bytes, count: size * count))
  let isTaken = transfer.update { $0.takeHeader(line, of: transfer.exchange) }
  return isTaken ? size * count : refusal
}

private let takeBody: curl_write_callback = { bytes, size, count, user in
  guard let (handle, transfer) = CurlHandle.transfer(user) else { return refusal }
  // libcurl counts what it has read after it hands it over, so there may be one more buffer than it says.
  let received = handle.receivedBytes + Int(CURL_MAX_WRITE_SIZE)
  let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
  switch transfer.update({ $0.takeBody(chunk, received: received, of: transfer.exchange) }) {
  case .taken: return chunk.count
  case .pause: return Int(CURL_WRITEFUNC_PAUSE)
  case .refuse: return refusal
  }
}

/// Opens the socket of a new connection, unless its address is one that content must not lead to. It is the address that
/// the name resolved to just now, so names that change their address between a check and a connection gain nothing.
private let openSocket: curl_opensocket_callback = { user, _, address in
  guard let (handle, transfer) = CurlHandle.transfer(user), let address else { return CURL_SOCKET_BAD }
  if handle.checksAddresses {
    let target = IPAddress(address)
    guard let target, target.isPublic else {
      transfer.refuseAddress(target?.description ?? "an unknown kind of address")
      return CURL_SOCKET_BAD
    }
  }
  return twin_open_socket(address)
}

/// Checks the address once more before a request is sent: a connection that is used again may have been opened for a
/// request whose address was not checked.
private let approveConnection: curl_prereq_callback = { user, address, _, _, _ in
  guard let (handle, transfer) = CurlHandle.transfer(user) else { return CURL_PREREQFUNC_ABORT }
  if handle.checksAddresses {
    let text = address.map { String(cString: $0) } ?? ""
    guard let target = IPAddress(text), target.isPublic else {
      transfer.refuseAddress(text)
      return CURL_PREREQFUNC_ABORT
    }
  }
  transfer.update { $0.noteSending() }
  return CURL_PREREQFUNC_OK
}

extension Transfer {
  /// Notes why the transfer is about to fail.
  fileprivate func refuseAddress(_ address: String) {
    update { $0.refuse(.privateAddressRefused(url: redactedURL(exchange.hop.url.text), address: address)) }
  }
}
