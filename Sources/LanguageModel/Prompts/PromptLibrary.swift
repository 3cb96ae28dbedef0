import Foundation

/// The prompts of a program, by use case and model.
///
/// A prompt has variants for models: that of a file `rag_query.llama3.1.md` is for the models of that family, or of just
/// that name, and `rag_query.default.md` for all others.
public struct PromptLibrary: Sendable {
  private var variants: [String: [String: PromptTemplate]] = [:]

  /// Takes the prompts that come with the program.
  ///
  /// - Throws: ``PromptError``, for none of those that ship.
  public init() throws {
    for (file, text) in BuiltInPrompts.files { try add(text, file: file) }
  }

  /// The use cases, in the order of their names.
  public var useCases: [String] { variants.keys.sorted() }

  /// Takes every `.md` file of a folder in the place of the prompts of their names, all of whose other variants go.
  ///
  /// - Throws: ``PromptError``.
  public mutating func take(folder: String) throws {
    let files: [String]
    do {
      files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }.sorted()
    } catch {
      throw PromptError.unreadable(file: folder, reason: "there is no such folder, or it may not be read")
    }
    for useCase in Set(files.map(Self.useCase)) { variants[useCase] = nil }
    for file in files { try add(Self.text(of: folder + "/" + file), file: folder + "/" + file) }
  }

  /// Takes one file in the place of all variants of a use case.
  ///
  /// - Throws: ``PromptError``.
  public mutating func take(file: String, for useCase: String) throws {
    let template = try PromptTemplate(Self.text(of: file), file: file)
    guard template.name == useCase else {
      throw PromptError.badLine(
        file: file, line: 1, reason: "its `name` is `\(template.name)`, but it is meant for `\(useCase)`")
    }
    variants[useCase] = ["default": template]
  }

  /// The prompt of a use case for a model.
  ///
  /// - Parameter model: the model's name, with its provider or without; the variant of just that name comes first, then
  ///   that of its family, then `default`.
  /// - Throws: ``PromptError/unknownPrompt(name:known:)``.
  public func prompt(_ useCase: String, for model: String = "") throws -> PromptTemplate {
    guard let own = variants[useCase] else {
      throw PromptError.unknownPrompt(name: useCase, known: useCases)
    }
    let plain = model.split(separator: "/").last.map(String.init) ?? model
    let names = [plain, ModelFamily(model: plain)?.rawValue, "default"].compactMap(\.self)
    guard let prompt = names.lazy.compactMap({ own[$0] }).first else {
      throw PromptError.unknownPrompt(name: useCase + ".default", known: own.keys.map { "\(useCase).\($0)" })
    }
    return prompt
  }

  private mutating func add(_ text: String, file: String) throws {
    let template = try PromptTemplate(text, file: file)
    let name = String(file.split(separator: "/").last ?? "")
    let useCase = Self.useCase(name)
    guard template.name == useCase else {
      throw PromptError.badLine(
        file: file, line: 1, reason: "its `name` is `\(template.name)`, but the file is named for `\(useCase)`")
    }
    let variant = name.dropFirst(useCase.count + 1).dropLast(".md".count)
    variants[useCase, default: [:]][variant.isEmpty ? "default" : String(variant)] = template
  }

  /// `rag_query` of `rag_query.llama3.1.md`.
  private static func useCase(_ file: String) -> String { String(file.prefix { $0 != "." }) }

  /// The largest prompt file, in bytes.
  private static let largest = 1 << 20

  private static func text(of file: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw PromptError.unreadable(file: file, reason: "there is no such file, or it may not be read")
    }
    guard data.count <= largest else {
      throw PromptError.unreadable(file: file, reason: "it is larger than \(largest) bytes")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw PromptError.unreadable(file: file, reason: "it is not UTF-8 text")
    }
    return text
  }
}
