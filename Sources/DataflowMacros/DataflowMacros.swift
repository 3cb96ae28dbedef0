@_exported public import Dataflow

/// Makes a struct a pipeline: its `@Step` methods are the steps, its stored properties the resources that they use.
///
/// A step is called what it produces, and each argument label is what it needs: the product of the step of that name,
/// else an input. The macro adds
/// - `Inputs`, with exactly the inputs that no step makes (a parameter's default is copied),
/// - `StepName`, and the typed `Product` (`.chunks`) and `Override` (`.chunks([…])`),
/// - `callAsFunction(_:_:overrides:)`: runs one product with its ancestors and gives its value,
/// - `Run`, with `record` and the typed `value(_:)`, which `run(_:_:overrides:options:)` returns,
/// - the conformance to ``Pipeline``: `steps`, with the version of each one's code, and `resourceVersions`.
///
/// The compiler checks every edge at the parameter in your source. The macro sees only the body of the type it stands
/// on, so steps cannot stand in extensions or under `#if`.
@attached(
  member, names: named(Inputs), named(StepName), named(Product), named(Override), named(Run), named(callAsFunction))
@attached(extension, conformances: Pipeline, names: named(steps), named(resourceVersions))
public macro Pipeline() = #externalMacro(module: "DataflowPlugin", type: "PipelineMacro")

/// Makes a method of a `@Pipeline` struct a step.
///
/// - Parameters:
///   - name: what the step produces; the method's name if left out.
///   - concurrency: how many items run at once at most when the step fans out; as many as there are cores if left out.
///   - cache: how the cache is used; decided by what the step can reach if left out.
///   - retry: when a call that threw, or an item, is tried again; never if left out.
///   - timeout: how long one try may take; only for a step that is `async`.
///   - maximumFailures: how many items may fail before the step does; any number if left out.
@attached(peer)
public macro Step(
  _ name: String? = nil, concurrency: Int? = nil, cache: CacheBehaviour? = nil, retry: Retry? = nil,
  timeout: Duration? = nil, maximumFailures: FailureLimit? = nil
) = #externalMacro(module: "DataflowPlugin", type: "StepMacro")

/// Makes a method the variant of a step that runs when the input of the enum's type has this value.
///
/// Every case of the enum must have one variant. The input is called as the type, with a small first letter.
///
/// - Parameters:
///   - name: what the step produces.
///   - choice: the case, with its type: `Mode.fast`.
///   - concurrency: see ``Step(_:concurrency:cache:retry:timeout:maximumFailures:)``, as for the other options.
@attached(peer)
public macro Step<Choice: Equatable & Sendable>(
  _ name: String, when choice: Choice, concurrency: Int? = nil, cache: CacheBehaviour? = nil, retry: Retry? = nil,
  timeout: Duration? = nil, maximumFailures: FailureLimit? = nil
) = #externalMacro(module: "DataflowPlugin", type: "StepMacro")

/// Makes a method the variant of a step that runs when the input of the enum's type has any other value.
///
/// The case that is left out needs a variant of its own. The input is called as the type, with a small first letter.
///
/// - Parameters:
///   - name: what the step produces.
///   - choice: the case that this variant is not for, with its type: `Mode.fast`.
///   - concurrency: see ``Step(_:concurrency:cache:retry:timeout:maximumFailures:)``, as for the other options.
@attached(peer)
public macro Step<Choice: Equatable & Sendable>(
  _ name: String, whenNot choice: Choice, concurrency: Int? = nil, cache: CacheBehaviour? = nil, retry: Retry? = nil,
  timeout: Duration? = nil, maximumFailures: FailureLimit? = nil
) = #externalMacro(module: "DataflowPlugin", type: "StepMacro")

/// Makes a method the variant of a step that runs when the input of the enum's type is one of these values.
///
/// Every case of the enum must have one variant. The input is called as the type, with a small first letter.
///
/// - Parameters:
///   - name: what the step produces.
///   - choices: the cases, the first with its type: `[Mode.fast, .exact]`.
///   - concurrency: see ``Step(_:concurrency:cache:retry:timeout:maximumFailures:)``, as for the other options.
@attached(peer)
public macro Step<Choice: Equatable & Sendable>(
  _ name: String, whenIn choices: [Choice], concurrency: Int? = nil, cache: CacheBehaviour? = nil,
  retry: Retry? = nil, timeout: Duration? = nil, maximumFailures: FailureLimit? = nil
) = #externalMacro(module: "DataflowPlugin", type: "StepMacro")

/// Makes a method of a `@Pipeline` struct a check of what a step makes.
///
/// It takes one thing, whose label names the step: its product, or with ``Each`` what becomes of each item of a step that
/// fans out. It throws what is wrong, or answers with a `Bool`; it may be `async`.
///
/// - Parameter importance: what a failure means; the step, or the item, fails if left out.
@attached(peer)
public macro Check(_ importance: Check.Importance = .fail) =
  #externalMacro(module: "DataflowPlugin", type: "CheckMacro")
