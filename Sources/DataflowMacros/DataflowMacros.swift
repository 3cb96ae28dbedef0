@_exported public import Dataflow
