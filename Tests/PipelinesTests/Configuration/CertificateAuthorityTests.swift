import Foundation
import LanguageModel
import TestSupport
import Testing

@testable import Pipelines

/// Servers whose certificates an authority has issued that only the configuration knows.
@Suite struct CertificateAuthorityTests {
  private static let variable = "TWIN_HTTP_CERTIFICATE_AUTHORITY_FILE"
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func configuration(_ yaml: String, environment: [String: String] = [:]) throws -> Configuration {
    try Configuration(path: try folder.write("author: Ada\n" + yaml, to: "me.yaml"), environment: environment)
  }

  private func secureQdrant(_ authority: CertificateAuthority) throws -> PeerServer {
    try PeerServer(
      "qdrant_server.py", arguments: ["--certificate", authority.serverCertificate, "--key", authority.serverKey])
  }

  @Test func `a Qdrant behind TLS is used with its authority, and refused without`() async throws {
    let authority = try CertificateAuthority(in: folder)
    let peer = try secureQdrant(authority)
    defer { peer.stop() }
    let vectors = "vectors: https://localhost:\(peer.port)\n"
    let trusting = "http: {certificate_authority_file: authority.pem}\n"

    let refused = await #expect(throws: VectorStoreError.self) {
      try await Stores(try configuration(vectors)).vectors()
    }
    let message = try #require(refused?.description)
    #expect(message.contains("https://localhost:\(peer.port)"), "\(message)")
    #expect(message.contains("http.certificate_authority_file") && message.contains(Self.variable), "\(message)")

    let store = try await Stores(try configuration(vectors + trusting)).vectors()
    try await store.prepare(for: HashEmbedder().model)
    #expect(try await store.models().count == DataCategory.allCases.count)
    let byVariable = try configuration(vectors, environment: [Self.variable: "authority.pem"])
    #expect(try await Stores(byVariable).vectors().models().count == DataCategory.allCases.count)
    // The server does not prove that it is another one.
    let other = try configuration("vectors: https://127.0.0.1:\(peer.port)\n" + trusting)
    await #expect(throws: VectorStoreError.self) { try await Stores(other).vectors() }
  }

  @Test func `the language model's client trusts the same authority`() async throws {
    let authority = try CertificateAuthority(in: folder)
    let peer = try secureQdrant(authority)
    defer { peer.stop() }
    let yaml = "language_model: {provider: openai, model: m, endpoint: 'https://localhost:\(peer.port)/v1'}\n"
    func message(_ configuration: Configuration) async throws -> String {
      let model = try #require(try await Stores(configuration).languageModel())
      do {
        _ = try await model.generate(GenerationRequest(messages: [Message(.user, "Say yes.")]))
        return "it answers"
      } catch {
        return "\(error)"
      }
    }
    let refused = try await message(try configuration(yaml))
    #expect(refused.contains("http.certificate_authority_file"), "\(refused)")
    // What answers there is no language model, but it is reached.
    let reached = try await message(try configuration(yaml + "http: {certificate_authority_file: authority.pem}\n"))
    #expect(!reached.contains("certificate") && reached.contains("does not have openai/m"), "\(reached)")
  }

  @Test func `a bundle of authorities with text between them is taken`() throws {
    let authority = try CertificateAuthority(in: folder)
    let certificate = try String(contentsOfFile: authority.certificate, encoding: .utf8)
    let other = try String(contentsOfFile: authority.serverCertificate, encoding: .utf8)
    let bundle = try folder.write(
      "\u{FEFF}# the first\r\n" + certificate.replacing("\n", with: "\r\n") + "the second\n" + other, to: "bundle.pem")
    let read = try configuration("http: {certificate_authority_file: bundle.pem}\n")
    #expect(read.http.certificateAuthorityFile == bundle)
    #expect(read.resolved.contains { $0.key == "http.certificate_authority_file" && $0.value == bundle })
    #expect(try configuration("").http.certificateAuthorityFile == nil)
    let client = try HTTPClientConfiguration(environment: [Self.variable: bundle])
    #expect(client.certificateAuthorityFile == bundle)
    #expect(try HTTPClientConfiguration(environment: [:]).certificateAuthorityFile == nil)
  }

  @Test func `a file that is not one of certificates is refused with its line`() throws {
    let authority = try CertificateAuthority(in: folder)
    let certificate = try String(contentsOfFile: authority.certificate, encoding: .utf8)
    let lines = certificate.split(separator: "\n")
    let cut = lines.dropLast(3).joined(separator: "\n")
    let files = [
      ("none.pem", nil, "there is no such file"),
      ("text.pem", "my authority\n", "no line “-----BEGIN CERTIFICATE-----”"),
      ("empty.pem", "", "no line “-----BEGIN CERTIFICATE-----”"),
      ("server.key", nil, "no line “-----BEGIN CERTIFICATE-----”"),
      ("cut.pem", cut, "certificate of line 1 has no end"),
      ("short.pem", cut + "\n" + (lines.last ?? ""), "certificate of line 1 is damaged"),
      ("second.pem", certificate + "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n", "is damaged"),
      (".", nil, "it is no file"), ("/dev/zero", nil, "it is no file"),
    ]
    for (name, text, problem) in files {
      if let text { try folder.write(text, to: name) }
      let error = #expect(throws: ConfigurationError.self) {
        try configuration("http:\n  certificate_authority_file: \(name)\n")
      }
      let message = error?.description ?? ""
      #expect(message.contains("me.yaml:3:31: `http.certificate_authority_file`"), "\(message)")
      #expect(message.contains(problem), "\(name): \(message)")
    }
    let byVariable = #expect(throws: ConfigurationError.self) {
      try HTTPClientConfiguration(environment: [Self.variable: folder.path("none.pem")])
    }
    #expect(byVariable?.description.hasPrefix(Self.variable + ": ") == true, "\(byVariable?.description ?? "")")
  }
}
