// Whoever runs pipelines meets the values of these libraries in what the pipelines take and give.
@_exported public import Crawling
@_exported public import Dataflow
@_exported public import Dataset
@_exported public import Domain
@_exported public import Embedding
@_exported public import HTTP
@_exported public import Preprocessing
@_exported public import Storage
@_exported public import Tokenizers
@_exported public import VectorStore
@_exported public import Warehouse
