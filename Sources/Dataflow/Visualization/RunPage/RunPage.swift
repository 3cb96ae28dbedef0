import Crypto
import Foundation

/// What there is to see of a run, as one page of HTML that stands alone: it loads nothing and runs no script, so that it
/// can be mailed, kept beside the data, or shown by a server that serves files only.
///
/// Everything from the record is escaped, and the page's own policy forbids all but its one style sheet. Long lists are
/// cut at documented limits, with a word on how many there are more; the record has them all.
public struct RunPage: Sendable {
  /// The most failures, artifacts or steps that a table shows.
  public static let rowLimit = 1000

  /// A graph up to this width is made to fit the page; a wider one would be too small to read, and is scrolled.
  private static let fittedWidth = 2000.0

  let record: RunRecord
  let graph: GraphPicture

  /// The page of a run.
  ///
  /// - Parameter graph: the picture of what ran, made with the same record; nil for what the record itself tells of it.
  public init(_ record: RunRecord, graph: GraphPicture? = nil) {
    self.record = record
    self.graph = graph ?? GraphPicture(record)
  }

  /// The page. It is well-formed XML, too.
  public var html: String {
    var markup = Markup()
    markup.write(verbatim: "<!DOCTYPE html>\n")
    markup.element("html", [("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en")]) { markup in
      writeHead(to: &markup)
      markup.element("body") { markup in
        markup.element("main") { markup in
          writeHeadline(to: &markup)
          writeFailures(to: &markup)
          writeWarnings(to: &markup)
          writeGraph(to: &markup)
          writeTimeline(to: &markup)
          writeSteps(to: &markup)
          writeArtifacts(to: &markup)
          writeMetadata(to: &markup)
          writeCircumstances(to: &markup)
        }
      }
    }
    return markup.text + "\n"
  }

  private func writeHead(to markup: inout Markup) {
    let style = "\(RunPageStyle.sheet)\(SVGStyle.sheet)"
    let digest = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
    let policy = "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
    markup.element("head") { markup in
      markup.empty("meta", [("charset", "utf-8")])
      markup.empty("meta", [("http-equiv", "Content-Security-Policy"), ("content", policy)])
      markup.empty("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
      markup.empty("meta", [("name", "color-scheme"), ("content", "light dark")])
      markup.element("title", text: "\(labelText(record.pipeline)) \(record.status.rawValue) · run \(record.runID)")
      markup.element("style") { markup in
        markup.write(verbatim: RunPageStyle.sheet)
        markup.write(verbatim: SVGStyle.sheet)
      }
    }
  }

  private func writeHeadline(to markup: inout Markup) {
    markup.element("header") { markup in
      markup.element("h1") { markup in
        markup.write(labelText(record.pipeline, limit: 200))
        markup.write(" ")
        markup.element("span", [("class", "status \(record.status.rawValue)")], text: record.status.rawValue)
      }
      markup.element("dl", [("class", "facts")]) { markup in
        fact("run", &markup) { $0.element("code", text: record.runID) }
        fact("started", &markup) { Self.write(record.started, to: &$0) }
        if let ended = record.ended {
          fact("ended", &markup) { Self.write(ended, to: &$0) }
          fact("took", &markup) { $0.write(durationText(record.seconds)) }
        } else {
          fact("ended", &markup) { $0.write("not yet, or it was killed") }
        }
        if let host = record.environment["host"] ?? record.environment["os"] {
          fact("ran on", &markup) { $0.write(labelText(host, limit: 200)) }
        }
        fact("asked for", &markup) { $0.write(labelText(record.requested.joined(separator: ", "), limit: 500)) }
      }
    }
  }

  private func fact(_ name: String, _ markup: inout Markup, _ content: (inout Markup) -> Void) {
    markup.element("div") { markup in
      markup.element("dt", text: name)
      markup.element("dd", [], content)
    }
  }

  private func writeGraph(to markup: inout Markup) {
    guard !graph.nodes.isEmpty else { return }
    section("Graph", to: &markup) { markup in
      let drawing = SVGDrawing(graph, direction: .leftToRight)
      let isFitted = drawing.width <= Self.fittedWidth
      markup.element("div", [("class", isFitted ? "drawing fitted" : "drawing"), ("tabindex", "0")]) {
        drawing.write(to: &$0, isAlone: false)
      }
    }
  }

  private func writeTimeline(to markup: inout Markup) {
    let timeline = RunTimeline(record)
    guard !timeline.spans.isEmpty else { return }
    section(timeline.hasTimes ? "Timeline" : "Durations", to: &markup) { markup in
      markup.element("div", [("class", "drawing"), ("tabindex", "0")]) { timeline.write(to: &$0) }
    }
  }

  func section(_ title: String, to markup: inout Markup, _ content: (inout Markup) -> Void) {
    markup.breakLine()
    markup.element("section") { markup in
      markup.element("h2", text: title)
      content(&markup)
    }
  }

  /// A date in coordinated universal time, to the second.
  private static func write(_ date: Date, to markup: inout Markup) {
    let text = date.formatted(Date.ISO8601FormatStyle())
    let readable = text.replacing("T", with: " ").replacing("Z", with: " UTC")
    markup.element("time", [("datetime", text)], text: readable)
  }
}
