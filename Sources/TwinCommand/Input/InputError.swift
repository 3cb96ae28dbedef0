/// Why what a command was given, or the place for its output, could not be used.
enum InputError: Error, CustomStringConvertible {
  /// The file cannot be opened or read.
  case cannotRead(name: String, reason: String)
  /// There is more of it than is held in memory.
  case tooLarge(name: String, limit: Int)
  /// One line is longer than is held in memory.
  case lineTooLong(name: String, line: Int, limit: Int)
  /// A text holds bytes that are not UTF-8.
  case notUTF8(name: String, line: Int, byte: Int)
  /// The server gave no page.
  case cannotFetch(url: String, reason: String)
  /// The result cannot be written.
  case cannotWrite(name: String, reason: String)
  /// The model's vocabulary or weights are not there; `reason` is the model's own words.
  case missingModel(reason: String)
  /// A line has more tokens than the model reads.
  case overLimit(line: Int, tokens: Int, limit: Int)
  /// There is no installed model of that name.
  case notInstalled(name: String, nearest: String?, folder: String)
  /// There are fewer runs than it takes to name one by its place.
  case noRun(named: String, pipeline: String?, count: Int, folder: String)

  /// What was being done, to what, and what to do about it.
  var description: String {
    switch self {
    case .cannotRead(let name, let reason): "cannot read \(name): \(reason)."
    case .tooLarge(let name, let limit):
      "cannot read \(name): it is larger than \(limit >> 20) MiB; cut it into several files."
    case .lineTooLong(let name, let line, let limit):
      "cannot read \(name): line \(line) is longer than \(limit >> 20) MiB; a line ends at a line feed only."
    case .notUTF8(let name, let line, let byte):
      "cannot read \(name): line \(line) is not UTF-8 from its byte \(byte) on; convert it first, for example with "
        + "`iconv -f latin1 -t utf-8`."
    case .cannotFetch(let url, let reason): "cannot fetch \(url): \(reason)."
    case .cannotWrite(let name, let reason): "cannot write \(name): \(reason)."
    case .missingModel(let reason): "\(reason) On this command line that is `--model hash`."
    case .overLimit(let line, let tokens, let limit):
      "cannot embed line \(line): it has \(tokens) tokens, but the model reads \(limit). Give `--over-limit windows` for "
        + "the mean over all of it, or `--over-limit truncate` for its beginning."
    case .notInstalled(let name, let nearest, let folder):
      "there is no model \(name) in \(folder)\(nearest.map { "; did you mean \($0)?" } ?? ".") `twin model list` shows "
        + "those that are, and `twin model pull \(name)` installs one."
    case .noRun(let name, let pipeline, let count, let folder):
      count == 0
        ? "there are no runs\(pipeline.map { " of \($0)" } ?? "") in \(folder) yet; `twin \(pipeline ?? "run")` makes the "
          + "first."
        : "there is no run `\(name)`: \(folder) has only \(counted(count, "run")) of \(pipeline ?? "this pipeline"). "
          + "`twin runs list` shows them."
    }
  }
}
