/// A length of time for people: `<1 ms`, `4 ms`, `0.21 s`, `12.3 s`, `3 min 12 s`, `2 h 5 min`.
func durationText(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "–" }
  if seconds > 0, seconds < 0.0005 { return "<1 ms" }
  if seconds < 0.0995 { return "\(Int((seconds * 1000).rounded())) ms" }
  if seconds < 9.95 { return "\(decimalText(seconds, digits: 2)) s" }
  if seconds < 59.95 { return "\(decimalText(seconds, digits: 1)) s" }
  let whole = Int(seconds.rounded())
  return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
}

/// A number of bytes for people: `812 B`, `1.2 kB`, `3.4 MB`.
func byteCountText(_ bytes: Int) -> String {
  guard bytes >= 1000 else { return "\(bytes) B" }
  var value = Double(bytes)
  var unit = "B"
  for larger in ["kB", "MB", "GB", "TB"] where value >= 999.5 { (value, unit) = (value / 1000, larger) }
  return "\(value < 9.95 ? decimalText(value, digits: 1) : "\(Int(value.rounded()))") \(unit)"
}

/// A number with at most so many digits after the point, and no zeros at its end; the same in every language.
func decimalText(_ value: Double, digits: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "0" }
  let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
  let scaled = Int((value * Double(scale)).rounded())
  var fraction = "\(scale + abs(scaled) % scale)".dropFirst()
  while fraction.last == "0" { fraction.removeLast() }
  return (scaled < 0 ? "-" : "") + "\(abs(scaled) / scale)" + (fraction.isEmpty ? "" : ".\(fraction)")
}

extension ItemCounts {
  /// The counts for people: `76 in, 500 out, 12 cached`; those that say nothing are left out.
  var text: String {
    var parts = ["\(`in`) in", "\(out) out"]
    for (count, name) in [(cached, "cached"), (deleted, "deleted"), (failed, "failed")] where count > 0 {
      parts.append("\(count) \(name)")
    }
    return parts.joined(separator: ", ")
  }
}
