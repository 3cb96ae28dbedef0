/// Why a pipeline could not do what the configuration asks for.
public enum PipelineError: Error, CustomStringConvertible {
  /// The warehouse has no user of that name.
  case unknownAuthor(name: String, known: [String])
  /// No store has anything of that name or link, so that there is nothing to delete.
  case nothingToDelete(name: String, nearest: String?)
  /// A document of the warehouse that cannot be read; its features stay.
  case unreadableDocument(name: String, reason: String)
  /// The vector store has no cleaned documents of the authors.
  case noFeatures
  /// The vectors of the store were made by a model that cannot be had, so that no question can be compared with them.
  case otherModel(stored: String, configured: String, reason: String)
  /// A change of the model would drop the features of authors that the run leaves out.
  case modelChangeForSome(stored: String, configured: String, others: [String])
  /// A change of the model did not make all that it should, so that the old vectors stay.
  case incompleteMigration(reason: String)
  /// A document whose replacement or deletion was interrupted, so that a change of the model leaves it out.
  case incompleteDocument(name: String)
  /// A change of the model cannot be given up.
  case changeStays(model: String)
  /// Not one extract gave an answer: the set that exists is left as it is.
  case nothingGenerated(extracts: Int)
  /// A vector store that another process writes to.
  case storeInUse(path: String, process: String?)
  /// A folder that cannot be written to.
  case notWritable(path: String)
  /// `--only` names nothing that the configuration has.
  case nothingSelected(name: String, known: [String])

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .unknownAuthor(let name, let known):
      known.isEmpty
        ? "the warehouse has no documents of \(name), nor of anybody else. Run `twin etl` first."
        : "the warehouse does not know \(name)\(nearestName(to: name, in: known).map { "; did you mean \($0)?" } ?? ".")"
          + " It knows \(known.joined(separator: ", ")). Run `twin etl` first for a new author."
    case .nothingToDelete(let name, let nearest):
      "no store has anything of \(name)\(nearest.map { "; did you mean \($0)?" } ?? ", or no longer.")"
    case .unreadableDocument(let name, let reason):
      "the stored document \(name) cannot be read: \(reason). Its features stay as they are; `twin etl` stores it anew."
    case .noFeatures: "the vector store has no cleaned documents. Run `twin etl` and `twin features` first."
    case .otherModel(let stored, let configured, let reason):
      "the vectors in the store were made by \(stored), which questions must be embedded by, too: \(reason) The "
        + "configuration says \(configured). Install that model, run `twin features` or `twin vectors migrate` to make "
        + "the vectors anew, or use --mode keyword."
    case .modelChangeForSome(let stored, let configured, let others):
      "the vectors in the store were made by \(stored), and the configuration says \(configured): a change drops them "
        + "all, also those of \(others.joined(separator: ", ")), whom this run leaves out. Run features for all authors, "
        + "set `embedding.model: \(stored)`, or give `vectors` another store."
    case .incompleteMigration(let reason):
      "the new vectors do not take the place of the old ones: \(reason). Run `twin vectors migrate` again; "
        + "`twin vectors verify` says more."
    case .incompleteDocument(let name):
      "the document \(name) of the vector store is incomplete, since its replacement or deletion was interrupted: it is "
        + "not embedded anew. Run `twin features` with the former model, which completes that, or migrate with "
        + "--leave-out-failed."
    case .changeStays(let model):
      "the change to \(model) cannot be given up: it was being put into place, and what it has made may be all that there "
        + "is. Run `twin features` or `twin vectors migrate` with that model, which completes it, or `twin vectors drop`."
    case .nothingGenerated(let extracts):
      "none of \(extracts) extracts gave a pair, so the files are left as they are. See the failures for the reason; "
        + "`twin doctor` checks the language model."
    case .storeInUse(let path, let process):
      "another process\(process.map { " (\($0))" } ?? "") writes to the vector store \(path); wait for it to end, or stop it."
    case .notWritable(let path): "the folder \(path) cannot be written to. Check its owner and permissions."
    case .nothingSelected(let name, let known):
      "`--only \(name)` names no source, author or category\(nearestName(to: name, in: known).map { "; did you mean \($0)?" } ?? ".")"
        + " Known here: \(known.joined(separator: ", "))."
    }
  }
}
