import Foundation

/// The system's words for why a call of Foundation's failed, such as `permission denied`.
///
/// Foundation's own descriptions are whole sentences, which do not fit into ours, and some leave out the cause.
package func systemReason(of error: any Error) -> String {
  var next: (any Error)? = error
  while let error = next as NSError? {
    if error.domain == NSPOSIXErrorDomain { return systemReason(Int32(truncatingIfNeeded: error.code)) }
    if error.domain == NSCocoaErrorDomain, error.userInfo[NSUnderlyingErrorKey] == nil,
      let number = errorNumbers[CocoaError.Code(rawValue: error.code)]
    {
      return systemReason(number)
    }
    next = error.userInfo[NSUnderlyingErrorKey] as? any Error
  }
  let text = error.localizedDescription
  return text.prefix(1).lowercased() + text.dropFirst().reversed().drop { $0 == "." }.reversed()
}

/// The system's words for an error number.
package func systemReason(_ number: Int32) -> String {
  let text = String(cString: strerror(number))
  return text.prefix(1).lowercased() + text.dropFirst()
}

/// What Foundation makes its codes of, where it does not keep the system's number.
private let errorNumbers: [CocoaError.Code: Int32] = [
  .fileNoSuchFile: ENOENT, .fileReadNoSuchFile: ENOENT, .fileReadNoPermission: EACCES, .fileWriteNoPermission: EACCES,
  .fileWriteFileExists: EEXIST, .fileWriteOutOfSpace: ENOSPC, .fileWriteVolumeReadOnly: EROFS,
  .fileReadTooLarge: EFBIG,
]
