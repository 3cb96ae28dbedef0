extension RunPage {
  /// A column of a table: its head, and whether it holds numbers.
  private typealias Column = (head: String, isNumber: Bool)

  func writeFailures(to markup: inout Markup) {
    guard !record.failures.isEmpty else { return }
    let columns: [Column] = [("step", false), ("item", false), ("error", false), ("attempts", true)]
    section("Failures (\(record.failures.count))", to: &markup) { markup in
      table(columns, record.failures, to: &markup) { failure, markup in
        cell(failure.step, &markup)
        cell(failure.item ?? "the step as a whole", &markup)
        cell(failure.error, &markup, class: "error")
        cell("\(failure.attempts)", &markup, class: "number")
      }
    }
  }

  func writeWarnings(to markup: inout Markup) {
    let warnings =
      record.warnings.map { ("", $0) } + record.steps.flatMap { step in step.warnings.map { (step.name, $0) } }
    guard !warnings.isEmpty else { return }
    section("Warnings (\(warnings.count))", to: &markup) { markup in
      table([("step", false), ("warning", false)], warnings, to: &markup) { warning, markup in
        cell(warning.0, &markup)
        cell(warning.1, &markup, class: "error")
      }
    }
  }

  func writeSteps(to markup: inout Markup) {
    guard !record.steps.isEmpty else { return }
    let names = ["in", "out", "computed", "cached", "deleted", "failed"]
    let columns =
      [("step", false), ("status", false), ("took", true)] + names.map { ($0, true) } + [
        ("retries", true), ("cache", false),
      ]
    section("Steps (\(record.steps.count))", to: &markup) { markup in
      table(columns, record.steps, to: &markup) { step, markup in
        cell(step.name, &markup)
        markup.element("td") { markup in
          let status = step.status.rawValue
          markup.element("span", [("class", "status \(status)")], text: status)
        }
        cell(step.status == .skipped ? "" : durationText(step.seconds), &markup, class: "number")
        let items = step.items
        for count in [items.in, items.out, items.computed, items.cached, items.deleted, items.failed] {
          cell("\(count)", &markup, class: count == 0 ? "number zero" : "number")
        }
        cell("\(step.retries)", &markup, class: step.retries == 0 ? "number zero" : "number")
        cell(step.uncached.map { "never: \($0)" } ?? step.cache?.rawValue ?? "", &markup)
      }
    }
  }

  func writeArtifacts(to markup: inout Markup) {
    guard !record.artifacts.isEmpty else { return }
    let columns: [Column] = [
      ("name", false), ("version", true), ("type", false), ("count", true), ("size", true), ("SHA-256", false),
      ("where", false), ("made from", false), ("made by", false), ("id", false),
    ]
    section("Artifacts (\(record.artifacts.count))", to: &markup) { markup in
      table(columns, record.artifacts, to: &markup) { artifact, markup in
        cell(artifact.name, &markup)
        cell("\(artifact.version)", &markup, class: "number")
        cell(artifact.type, &markup, class: "type")
        cell(artifact.count.map(String.init) ?? "", &markup, class: "number")
        cell(artifact.bytes.map(byteCountText) ?? "", &markup, class: "number")
        code(artifact.sha256, shown: 12, &markup)
        cell(artifact.uri ?? "", &markup, class: "place")
        cell(artifact.inputs.keys.sorted().joined(separator: ", "), &markup)
        cell(artifact.runID == record.runID ? "this run" : "run \(artifact.runID)", &markup)
        code(artifact.id, shown: 8, &markup)
      }
    }
  }

  func writeMetadata(to markup: inout Markup) {
    // A step keeps what it noted even when it failed; the artifact of a cached one has what was noted when it ran.
    var noted = record.steps.filter { !$0.metadata.isEmpty }.map { ($0.name, $0.metadata) }
    let names = Set(noted.map(\.0))
    noted += record.artifacts.filter { !$0.metadata.isEmpty && !names.contains($0.name) }.map { ($0.name, $0.metadata) }
    guard !noted.isEmpty else { return }
    section("Metadata", to: &markup) { markup in
      markup.element("div", [("class", "cards")]) { markup in
        for (name, metadata) in noted.prefix(Self.rowLimit) {
          card(labelText(name), .object(metadata), to: &markup)
        }
      }
    }
  }

  func writeCircumstances(to markup: inout Markup) {
    let environment = JSONValue.object(record.environment.mapValues { .string($0) })
    section("Circumstances", to: &markup) { markup in
      markup.element("div", [("class", "cards")]) { markup in
        for (title, value) in [
          ("Inputs", .object(record.inputs)), ("Configuration", record.configuration), ("Environment", environment),
          ("Usage", .object(record.usage.mapValues { .number($0) })),
        ] where value != .null && value != .object([:]) {
          card(title, value, to: &markup)
        }
      }
    }
  }

  private func card(_ title: String, _ value: JSONValue, to markup: inout Markup) {
    markup.element("div", [("class", "card")]) { markup in
      markup.element("h3", text: title)
      JSONTree.write(value, to: &markup)
    }
  }

  private func table<Row>(
    _ columns: [Column], _ rows: [Row], to markup: inout Markup, _ content: (Row, inout Markup) -> Void
  ) {
    markup.element("div", [("class", "table"), ("tabindex", "0")]) { markup in
      markup.element("table") { markup in
        markup.element("thead") { markup in
          markup.element("tr") { markup in
            for column in columns {
              let attributes: [Markup.Attribute] = [("scope", "col"), ("class", column.isNumber ? "number" : "text")]
              markup.element("th", attributes, text: column.head)
            }
          }
        }
        markup.element("tbody") { markup in
          for row in rows.prefix(Self.rowLimit) {
            markup.breakLine()
            markup.element("tr") { content(row, &$0) }
          }
        }
      }
    }
    if rows.count > Self.rowLimit {
      markup.element("p", [("class", "more")], text: "… and \(rows.count - Self.rowLimit) more; the record has them.")
    }
  }

  private func cell(_ text: String, _ markup: inout Markup, class name: String? = nil) {
    var attributes: [Markup.Attribute] = []
    if let name { attributes.append(("class", name)) }
    markup.element("td", attributes, text: shortened(text, to: 2000))
  }

  /// A long hexadecimal number by its beginning; all of it when pointed at.
  private func code(_ number: String?, shown length: Int, _ markup: inout Markup) {
    markup.element("td") { markup in
      guard let number else { return }
      markup.element("code", [("title", labelText(number, limit: 200))], text: String(number.prefix(length)))
    }
  }
}
