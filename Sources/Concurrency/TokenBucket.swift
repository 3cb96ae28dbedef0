/// So much a minute, of which a minute's worth may be taken at once.
///
/// What is taken beyond that is owed: the next ones wait until it has been made up for, in the order in which they came.
package struct TokenBucket {
  /// What flows in, for each second.
  package let rate: Double
  /// The most it holds.
  package let capacity: Double
  private var level: Double
  private var time: Double

  /// A full bucket.
  package init(perMinute: Double, now: Double) {
    rate = perMinute / 60
    capacity = perMinute
    level = perMinute
    time = now
  }

  /// Takes some, and gives the seconds after which it is there. More than the bucket holds counts as all that it holds,
  /// since it would never be there.
  package mutating func take(_ amount: Double, now: Double) -> Double {
    fill(now)
    level -= min(amount, capacity)
    return level >= 0 ? 0 : -level / rate
  }

  /// Puts some back, or takes more if it is negative, when it has turned out how much it was.
  package mutating func giveBack(_ amount: Double, now: Double) {
    fill(now)
    level = min(capacity, level + amount)
  }

  /// Takes a server's word for what is left, if that is less.
  package mutating func lower(to amount: Double, now: Double) {
    fill(now)
    level = min(level, amount)
  }

  private mutating func fill(_ now: Double) {
    level = min(capacity, level + max(0, now - time) * rate)
    time = max(time, now)
  }
}
