import Crypto
import Foundation

/// How the cache is used for one step of one run.
struct StepCaching: Sendable {
  /// Nil if the run keeps no results.
  let cache: OpenResultCache?
  let behaviour: CacheBehaviour
  /// Why results are neither looked up nor stored, though the run keeps some.
  let reason: String?
  /// What the product is made from; nil if nobody wants to know.
  let key: CacheKey?
  /// Whether the run only looks what would be done: then nothing is stored, and only steps that read are called.
  let isPreview: Bool
  /// The digest of the key, for a step that fans out without the list that it takes item by item.
  private let base: Digest256?

  /// - Parameters:
  ///   - needs: what is known of the step's needs, in their order.
  ///   - isKnown: whether versions are computed at all.
  init(
    _ step: StepNode<Void>, needs: [NeedVersion], options: RunOptions, cache: OpenResultCache?, isKnown: Bool,
    isPreview: Bool
  ) {
    self.isPreview = isPreview
    let signature = step.signature
    let policy = options.policies[signature.name] ?? signature.policy
    let opaque = step.resources.first { $0.fingerprint == nil }
    var behaviour = policy.cache ?? (opaque == nil ? .default : .disable)
    // A run that makes all anew still keeps what it made, and what a step keeps to itself stays so.
    // To look must not make a step that answers from the cache into one that runs.
    if let forced = options.cacheBehaviour, behaviour != .disable, !isPreview { behaviour = forced }
    self.behaviour = behaviour
    self.cache = behaviour == .disable ? nil : cache
    guard isKnown else {
      (key, base, reason) = (nil, nil, nil)
      return
    }
    // Variants of one step may well have one version of their code.
    let variant = signature.variant.map { " when \($0.input) is \($0.choice)" } ?? ""
    var key = CacheKey(
      step: (signature.identity ?? signature.module) + "." + signature.name + variant, code: signature.code.text)
    var reason: String?
    if policy.cache == nil, let opaque {
      reason =
        "it can reach '\(opaque.name)', of which nobody knows what it holds; say `cache: .default` to vouch for the "
        + "step, or `.recompute` if it reads the outside"
    }
    let fan = signature.fan.flatMap { fan in signature.needs.firstIndex { $0.name == fan.need && $0.form == .value } }
    for (index, (need, version)) in zip(signature.needs, needs).enumerated() where !version.isIgnored {
      let isFan = index == fan
      guard let text = version.version else {
        if !isFan, reason == nil { reason = "its need '\(need.name)' has no JSON by which it could be known" }
        continue
      }
      // Only the need that comes item by item is left out of the items' keys, though another may have its name.
      let isWhole = !isFan && need.name == signature.fan?.need
      let name = need.form == .value ? need.name + (isWhole ? " (whole)" : "") : "\(need.name) (\(need.form))"
      if version.isProduct { key.products[name] = text } else { key.inputs[name] = text }
    }
    for resource in step.resources { key.resources[resource.name] = resource.fingerprint ?? "unknown" }
    self.key = key
    // Without a cache nothing is cached, for which no step is to blame.
    self.reason = cache == nil ? nil : reason
    base = reason == nil ? Digest256(parts: key.parts(leavingOut: signature.fan?.need)) : nil
  }

  /// Whether earlier results may be used.
  var reads: Bool { cache != nil && base != nil && (behaviour == .default || behaviour == .ignore) }
  /// Whether results are stored.
  var writes: Bool { cache != nil && base != nil && behaviour != .disable && !isPreview }

  /// The key of the whole product.
  var digest: Digest256? { base }

  /// The key of what becomes of one item.
  func digest(ofItem version: Digest256) -> Digest256? { base?.combined(with: version) }

  /// The stored result for a key, if earlier results may be used and there is one.
  func lookup(_ key: Digest256?) -> CachedValue? {
    guard reads, let key else { return nil }
    return cache?.lookup(key)
  }

  /// Keeps a result.
  func store(_ data: Data, _ digest: Digest256, for key: Digest256?) -> CachedValue? {
    guard writes, let key else { return nil }
    return cache?.store(data, digest: digest, for: key)
  }
}

/// What a key knows of a need.
struct NeedVersion: Sendable {
  var version: String?
  /// Whether a step made it; else it is an input or a default.
  var isProduct: Bool
  /// Whether it is left out of keys, as its step asked for.
  var isIgnored: Bool
}

extension Digest256 {
  /// The digest of two digests, one after the other.
  func combined(with other: Digest256) -> Digest256 {
    Digest256(of: bytes + other.bytes)
  }
}

/// What a value is: its own fingerprint where it has one, else the digest of its JSON; nil if it has neither.
func version(of value: any Sendable) -> Digest256? {
  if let value = value as? any Fingerprinted { return Digest256(parts: ["fingerprint", value.fingerprint]) }
  guard let value = value as? any Encodable, let data = try? canonicalJSON(value) else { return nil }
  return Digest256(of: data)
}
