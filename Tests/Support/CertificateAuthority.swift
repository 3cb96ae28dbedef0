import Foundation

/// A certificate authority of the tests' own, and the certificate of a server that it has issued for `localhost`.
public struct CertificateAuthority: Sendable {
  /// The authority's own certificate, a PEM file.
  public let certificate: String
  /// The server's certificate, a PEM file.
  public let serverCertificate: String
  /// The server's private key, a PEM file.
  public let serverKey: String

  /// Makes both with the `openssl` program.
  ///
  /// - Parameter folder: where the files are put.
  public init(in folder: TemporaryFolder) throws {
    certificate = folder.path("authority.pem")
    serverCertificate = folder.path("server.pem")
    serverKey = folder.path("server.key")
    let (key, request) = (folder.path("authority.key"), folder.path("server.csr"))
    let names = try folder.write("basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost\n", to: "server.cnf")
    let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    try Self.openssl(
      ["req", "-x509"] + curve
        + ["-days", "2", "-subj", "/CN=Authority of the tests", "-keyout", key, "-out", certificate])
    try Self.openssl(["req", "-new"] + curve + ["-subj", "/CN=localhost", "-keyout", serverKey, "-out", request])
    try Self.openssl([
      "x509", "-req", "-in", request, "-CA", certificate, "-CAkey", key, "-set_serial", "1", "-days", "2",
      "-extfile", names, "-out", serverCertificate,
    ])
  }

  private static func openssl(_ arguments: [String]) throws {
    let result = try runBlocking("openssl", arguments)
    guard result.status == 0 else { throw Failure(reason: result.error) }
  }

  private struct Failure: Error, CustomStringConvertible {
    var reason: String
    var description: String { "openssl cannot make a certificate: \(reason)" }
  }
}
