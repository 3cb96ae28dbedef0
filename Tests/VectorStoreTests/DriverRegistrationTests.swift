import Domain
import HTTP
import Testing

@testable import VectorStore

/// What adding a driver takes: its type, and its place in the list.
@Suite struct DriverRegistrationTests {
  private func open(_ url: String, _ drivers: [DriverRegistration]) async throws {
    let address = StoreAddress(url: url, http: HTTPClient(), prefix: "")
    _ = try await VectorStore.openDriver(address, among: drivers)
  }

  /// The line that adds one.
  private let added = DriverRegistration(FaultyDriver.self)

  @Test func `a driver is chosen by the scheme, in upper or lower case`() async throws {
    for url in ["faulty:x", "Faulty://x"] {
      await #expect(throws: FaultyDriver.Fault.self) { try await open(url, VectorStore.drivers + [added]) }
      await #expect(throws: VectorStoreError.self) { try await open(url, VectorStore.drivers) }
    }
  }

  @Test func `of an address that no driver knows all schemes are named, those of an added one too`() async throws {
    let error = await #expect(throws: VectorStoreError.self) {
      try await open("pinecone://x", VectorStore.drivers + [added])
    }
    #expect(error == .unknownStore(url: "pinecone://x", schemes: VectorStore.schemes + ["faulty"]))
    for scheme in ["sqlite:…", "http:…", "https:…", "faulty:…"] {
      #expect(error?.description.contains(scheme) == true)
    }
  }

  @Test func `the schemes are those of all drivers, each once`() {
    #expect(VectorStore.schemes == VectorStore.drivers.flatMap(\.schemes))
    #expect(Set(VectorStore.schemes).count == VectorStore.schemes.count)
    #expect(VectorStore.schemes == ["sqlite", "http", "https"])
  }

  @Test(arguments: ["sqlite:", "sqlite://", "sqlite::memory:"])
  func `a file that is not named is asked for`(url: String) async throws {
    let error = await #expect(throws: VectorStoreError.self) { try await VectorStore.open(url, http: HTTPClient()) }
    #expect(error == .noPath(url: url))
    #expect(error?.description.contains("Write sqlite:PATH, such as") == true)
  }
}
