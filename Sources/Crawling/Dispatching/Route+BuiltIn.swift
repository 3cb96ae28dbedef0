extension Route {
  /// The crawlers that ship, in the order in which they are asked. The article crawler takes every link that is left.
  static let builtIn: [Route] = [
    .repository,
    .mediumExport,
    .substackExport,
    .linkedIn,
    .dataset,
    .hub,
    .arXiv,
    .notes,
    .article,
  ]
}
