import Foundation

/// Ends this process as `kill -9` does, in so many microseconds.
func killSelf(after microseconds: Int) {
  Thread.detachNewThread {
    usleep(UInt32(microseconds))
    kill(getpid(), SIGKILL)
  }
}
