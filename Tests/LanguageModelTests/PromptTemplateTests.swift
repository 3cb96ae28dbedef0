import Foundation
import LanguageModel
import TestSupport
import Testing

struct PromptTemplateTests {
  private func template(_ body: String, inputs: String = "[text]", more: String = "") throws -> PromptTemplate {
    try PromptTemplate("---\nname: p\n\(more)inputs: \(inputs)\n---\n\(body)", file: "p.md")
  }

  @Test func `holes take their values, and messages their roles`() throws {
    let prompt = try template(
      "@system\n\nRules for {{ who }}.\n\n@user\n{{text}}\n\nWell, {{who}}?\n@assistant\nYes.\n", inputs: "[text, who]",
      more: "version: 3\nmodel_family: phi-3\n")
    #expect(prompt.version == "3" && prompt.modelFamily == "phi-3" && prompt.inputs == ["text", "who"])
    #expect(
      try prompt.render(["text": "A {{who}} B", "who": "Ada"]) == [
        Message(.system, "Rules for Ada."), Message(.user, "A {{who}} B\n\nWell, Ada?"), Message(.assistant, "Yes."),
      ])
  }

  @Test func `braces of JSON are text, and so is what is escaped`() throws {
    let json = #"{"a": {"b": {}}} and {{"c": 1}} and {} {{}} {{ }} \{{text}} {{{text}}}"#
    let messages = try template(json + "\n\\@user\n{{text}}").render(["text": "T"])
    #expect(
      messages == [
        Message(.user, #"{"a": {"b": {}}} and {{"c": 1}} and {} {{}} {{ }} {{text}} {T}"# + "\n@user\nT")
      ])
  }

  @Test(arguments: [
    ("{{txt}}", "[text]", "p.md:5: no input fills {{txt}}; did you mean `text`?"),
    ("no hole", "[text]", "p.md:3: the input `text` is used nowhere"),
    ("a\nb {{text", "[text]", "p.md:6: a hole is opened and not closed: write {{name}}."),
    ("{{text | upper}}", "[text]", "p.md:5: `{{text | upper}}` is no hole"),
    ("{{text}}", "text", "p.md:3: `inputs` must be a list, as in [question, context]."),
    ("{{text}}", "[text, text]", "p.md:3: the input `text` stands twice."),
    ("{{text}}", "[te-xt]", "p.md:3: `te-xt` is no name for an input"),
    ("@system\n{{text}}", "[text]", "p.md:5: the prompt has no message of the user."),
  ])
  func `a mistake in a file is told with its line before any call`(body: String, inputs: String, says: String) {
    let error = #expect(throws: PromptError.self) { try template(body, inputs: inputs) }
    #expect(error?.description.hasPrefix(says) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("no front matter", "p.md:1: a prompt begins with front matter between two lines `---`, which names its inputs."),
    ("---\nname: p\n---\nx", "p.md:1: the front matter has no `inputs`."),
    ("---\nname: p\ninput: [a]\n---\nx", "p.md:3: unknown key `input`; did you mean `inputs`?"),
    ("---\nname: p\nname: q\ninputs: []\n---\nx", "p.md:3: `name` stands twice."),
    ("---\nname: p\ninputs: []\nwhatever\n---\nx", "p.md:4: this is no `key: value`."),
    ("---\nname: p\n- a\ninputs: []\n---\nx", "p.md:3: only `inputs` takes a list."),
  ])
  func `front matter is read strictly`(text: String, says: String) {
    let error = #expect(throws: PromptError.self) { try PromptTemplate(text, file: "p.md") }
    #expect(error?.description == says)
  }

  @Test func `a value that is missing or not wanted is named`() throws {
    let prompt = try template("{{text}}")
    let missing = #expect(throws: PromptError.self) { try prompt.render([:]) }
    #expect(missing?.description == "the prompt p was given no `text`, which it needs.")
    let unknown = #expect(throws: PromptError.self) { try prompt.render(["text": "a", "txt": "b"]) }
    #expect(unknown?.description.hasSuffix("none of its inputs; did you mean `text`?") == true)
  }

  @Test func `the hash changes with the text`() throws {
    #expect(try template("{{text}}").hash == template("{{text}}").hash)
    #expect(try template("{{text}}").hash != template("{{text}}.").hash)
  }

  @Test func `the prompts of the folder are those in the program`() throws {
    var folder = try PromptLibrary()
    let builtIn = folder
    try folder.take(folder: packageRoot.appending(path: "prompts").path)
    #expect(builtIn.useCases == folder.useCases)
    #expect(builtIn.useCases == ["instruction_pairs", "preference_pairs", "rag_query", "summarization"])
    for useCase in builtIn.useCases {
      for model in ["", "llama3.1:8b"] {
        #expect(try builtIn.prompt(useCase, for: model) == folder.prompt(useCase, for: model))
      }
    }
  }

  @Test func `a model has the prompt of its name, else of its family, else the default`() throws {
    let folder = try TemporaryFolder()
    for variant in ["default", "llama3.1", "my-llama-3.1"] {
      try folder.write("---\nname: p\ninputs: []\n---\n\(variant)\n", to: "p.\(variant).md")
    }
    var library = try PromptLibrary()
    try library.take(folder: folder.url.path)
    func text(_ model: String) throws -> String? { try library.prompt("p", for: model).render([:]).first?.content }
    #expect(try text("ollama/llama3.1:8b") == "llama3.1")
    #expect(try text("openai/my-llama-3.1") == "my-llama-3.1")
    #expect(try text("mistral:7b") == "default")
    #expect(try library.prompt("rag_query", for: "llama3.1").render(["question": "Q", "context": "C"]).count == 2)
    let unknown = #expect(throws: PromptError.self) { try library.prompt("rag_qery") }
    #expect(unknown?.description.hasSuffix("did you mean `rag_query`?") == true)
  }

  @Test func `a file for one use case takes the place of all its variants`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("---\nname: rag_query\ninputs: [question]\n---\n{{question}}\n", to: "mine.md")
    var library = try PromptLibrary()
    try library.take(file: file, for: "rag_query")
    #expect(try library.prompt("rag_query", for: "llama3.1").inputs == ["question"])
    #expect(throws: PromptError.self) { try library.take(file: file, for: "summarization") }
  }
}
