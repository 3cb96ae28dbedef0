public import ArgumentParser
public import Pipelines

// What may stand as an argument as it is: every value by its name, which also completes in shells.

extension PipelineName: ExpressibleByArgument {}
extension RunStatus: ExpressibleByArgument {}
extension PictureFormat: ExpressibleByArgument {}
extension ExtendedJSONFormat: ExpressibleByArgument {}
