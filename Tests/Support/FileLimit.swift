import Foundation

/// Makes this process' writes fail beyond a size of file, as a full disk would, until it ends.
public func limitFiles(toBytes bytes: Int) {
  // Without this the signal would end the process; with it the call fails with EFBIG.
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit()
  getrlimit(fileSizeLimit, &limit)
  limit.rlim_cur = rlim_t(bytes)
  setrlimit(fileSizeLimit, &limit)
}

#if canImport(Glibc)
  private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSizeLimit = RLIMIT_FSIZE
#endif
