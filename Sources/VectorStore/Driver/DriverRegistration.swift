/// A driver and the URL schemes that it is chosen by.
struct DriverRegistration: Sendable {
  let schemes: [String]
  let open: @Sendable (StoreAddress) async throws -> any VectorStoreDriver

  init<Driver: VectorStoreDriver>(_ type: Driver.Type) {
    schemes = Driver.schemes
    open = { try await Driver.open($0) }
  }
}
