import Dataflow

/// A step that is only drawn; every product is a list of strings.
func drawnStep(
  _ name: String, needs: [String] = [], optional: [String] = [], each: String? = nil, variant: Variant? = nil,
  concurrency: Int? = nil
) -> StepSignature {
  StepNode<Void>(
    name, needs: needs.map { Need($0, [String].self) } + optional.map { Need($0, [String].self, default: []) },
    produces: .of([String].self), fan: each.map { .each($0, [String].self, producing: String.self) }, variant: variant,
    concurrency: concurrency, body: .plain { _, _ in [String]() }
  ).signature
}

/// folder -> documents -> (each) chunks -> (each) vectors -> (all) index, with two variants of prompts beside it.
let drawnSteps = [
  drawnStep("documents", needs: ["folder"], optional: ["limit"]),
  drawnStep("chunks", needs: ["documents"], optional: ["size"], each: "documents", concurrency: 8),
  drawnStep("vectors", needs: ["chunks"], each: "chunks"),
  drawnStep("index", needs: ["vectors", "documents"]),
  drawnStep("prompts", needs: ["chunks"], variant: Variant("generator", "extractive")),
  drawnStep("prompts", needs: ["chunks", "model"], variant: Variant("generator", "model")),
  drawnStep("report", needs: ["prompts", "index"]),
]

/// Names that try to break out of whatever they are written into.
let hostileNames = [
  #""><script>alert(1)</script>"#, "]]>", "</title></svg>", "<!-- -->", "&amp;&lt;", "line\nfeed\r\ttab",
  "`tick` *bold*",
  #"back\"slash\"#, #"ends with \"#, "end", "subgraph", "n0", "a --> b", "#quot;", "%% comment", "{}[]()|;",
  "\u{0}\u{1}\u{1B}[31m", "\u{FFFE}", "\u{202E}right to left", "\u{2028}", "javascript:alert(1)", "' onload='alert(1)",
  String(repeating: "x", count: 10_000), String(repeating: "<", count: 10_000), "e\u{301}\u{1F468}\u{200D}\u{1F469}",
  "",
]
