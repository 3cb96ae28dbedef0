public import HTTP

extension SettingsReader {
  /// A file of certificate authorities; nil if none is named.
  ///
  /// - Throws: ``ConfigurationError`` if it is none.
  func certificateFile(_ path: String) throws -> String? {
    guard let file = try optionalText(path), let setting = resolver.setting(key(path)) else { return nil }
    try requireCertificates(file, key: path, origin: setting.origin)
    return file
  }
}

extension HTTPClientConfiguration {
  /// The defaults, and what the environment says of every request: for work without a configuration.
  ///
  /// - Parameter environment: `TWIN_HTTP_CERTIFICATE_AUTHORITY_FILE` is
  ///   `http.certificate_authority_file` of a configuration; a relative path is relative to the working directory.
  /// - Throws: ``ConfigurationError`` if that is no file of certificates.
  public init(environment: [String: String]) throws {
    self.init()
    let key = "http.certificate_authority_file"
    guard let setting = SettingKey.all.first(where: { $0.path == key }),
      let file = environment[setting.environmentName], !file.isEmpty
    else { return }
    try requireCertificates(file, key: key, origin: .environment(name: setting.environmentName))
    certificateAuthorityFile = file
  }
}

private func requireCertificates(_ file: String, key: String, origin: SettingOrigin) throws {
  guard let problem = CertificateFile.problem(at: file) else { return }
  throw ConfigurationError.badValue(
    key: key, origin: origin, found: "`\(file)` (\(problem))", wanted: "a file of certificate authorities in PEM")
}
