extension PipelineRunner {
  /// Makes the set without writing it: what was made before is taken from the cache, and the files stay as they are.
  ///
  /// - Throws: what the step that failed has thrown; as ``run(_:)``.
  public func builtDataset() async throws -> BuiltDataset {
    try await holding(.dataset) {
      try await withAssembly(of: .dataset, on: stores) { assembly in
        let product = DatasetPipeline.StepName.dataset.rawValue
        var options = commonOptions(PipelineName.dataset.rawValue)
        options.cache = configuration.resultCache
        options.cacheBehaviour = isCacheIgnored ? .recompute : nil
        options.isRestricted = true
        options.observer = observer
        let run = try await assembly.graph.run([product], inputs: assembly.inputs, options: options)
        return try run.value(of: product)
      }
    }
  }
}
