/// A file of an export that is read after the tables, and not kept.
struct ExportPage: Sendable, Hashable {
  /// Its name, with its folders.
  var name: String
  /// Its place among the entries of an archive, from 1; 0 in a folder.
  var place = 0
}
