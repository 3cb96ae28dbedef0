/// Where a redirect leads that is not followed by the client itself, as an absolute URL without credentials and
/// fragment.
///
/// - Parameters:
///   - location: the value of the `Location` field, which may be relative.
///   - url: the address that answered.
/// - Throws: ``HTTPError/invalidURL(url:reason:)``, ``HTTPError/insecureRedirect(url:target:)``.
package func redirectTarget(_ location: String, from url: String) throws -> String {
  let base = try WebURL(url)
  let target = try base.resolving(location)
  guard target.isSecure || !base.isSecure else {
    throw HTTPError.insecureRedirect(url: redactedURL(base.text), target: redactedURL(target.text))
  }
  return target.text
}

/// Whether a status sends a request elsewhere, if there is a `Location`.
package func isRedirect(_ status: Int) -> Bool { RedirectPolicy.isRedirect(status) }
