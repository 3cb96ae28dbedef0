/// The version of this product, in records and `twin --version`.
public let twinVersion = "0.1.0"
