import Domain

/// A file of rows: one format, one side, and the samples of one category where categories have files of their own.
struct RowFile {
  let format: DatasetFormat
  let side: String
  let category: DataCategory?
  let samples: [Sample]

  /// Its name in the set's folder.
  var name: String { format.fileName(side, category) }
}

extension BuiltDataset {
  /// The files of rows that the set has in some formats, none of them empty.
  func rowFiles(in formats: [DatasetFormat]) -> [RowFile] {
    DatasetFormat.allCases.filter(formats.contains).flatMap { format in
      zip(sideNames, [train, test]).flatMap { side, samples in
        guard settings.separatesCategories else {
          return [RowFile(format: format, side: side, category: nil, samples: samples)]
        }
        let parts = Dictionary(grouping: samples, by: \.provenance.category)
        return parts.sorted { $0.key < $1.key }.map {
          RowFile(format: format, side: side, category: $0.key, samples: $0.value)
        }
      }
    }.filter { !$0.samples.isEmpty }
  }
}
