/// Why a model could not be installed.
public enum ModelPullError: Error, CustomStringConvertible {
  /// The name cannot be that of a folder.
  case badName(name: String)
  /// There is no model of that short name, and it is no repository.
  case unknownModel(name: String, nearest: String?, known: [String])
  /// No source has the files of the model.
  case noSource(name: String, what: String)
  /// What the source has is no model that can be used.
  case incomplete(name: String, source: String, missing: String)
  /// A file is not the one that its source announced.
  case damaged(file: String, expected: String, found: String)
  /// A file is larger than such files are.
  case tooLarge(file: String, limit: Int)
  /// A file cannot be written.
  case cannotWrite(path: String, reason: String)
  /// Another process is installing the same model.
  case alreadyPulling(name: String, process: String?)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .badName(let name):
      "`\(name)` cannot be the name of a model: it is that of a folder, of letters, digits, dots and hyphens."
    case .unknownModel(let name, let nearest, let known):
      "there is no model named \(name)\(nearest.map { "; did you mean \($0)?" } ?? ".") Known are "
        + "\(known.joined(separator: ", ")); any other is named by its repository, OWNER/NAME, or by a folder (--from DIR)."
    case .noSource(let name, let what): "\(name) cannot be installed from \(what)."
    case .incomplete(let name, let source, let missing):
      "\(source) has no \(missing), which \(name) needs: it must be a BERT encoder in safetensors. Nothing was installed."
    case .damaged(let file, let expected, let found):
      "\(file) came with the hash \(found), and not \(expected). It was removed; run the command again."
    case .tooLarge(let file, let limit): "\(file) is larger than \(limit >> 20) MiB, which no such file is."
    case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)."
    case .alreadyPulling(let name, let process):
      "another process\(process.map { " (\($0))" } ?? "") is installing \(name): wait until it has ended."
    }
  }
}
