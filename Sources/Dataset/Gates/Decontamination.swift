import Domain
import Foundation

/// Texts of a user's evaluation, which no training sample may repeat.
///
/// A sample is contaminated when it shares 13 words in a row with one of them (the length of Brown et al., "Language
/// Models are Few-Shot Learners", 2020, appendix C), letter case and punctuation aside. Of an evaluation text with fewer
/// words, but at least five, all must stand in the sample.
public struct EvaluationTexts: Codable, Hashable, Sendable {
  /// The texts, as they stand in the files.
  public var texts: [String]

  /// Takes texts.
  public init(_ texts: [String] = []) { self.texts = texts }

  /// Reads files: of JSON lines every string of every object, of any other file each paragraph.
  ///
  /// - Throws: ``DatasetError/unreadable(path:reason:)`` for a file that is missing, larger than 256 MiB, or has a line
  ///   that is no JSON though its name ends in `.jsonl`.
  public init(files: [String]) throws {
    texts = try files.flatMap(readTexts)
  }
}

private let largestFile = 256 << 20

private func readTexts(_ path: String) throws -> [String] {
  let data: Data
  do {
    data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
  } catch {
    throw DatasetError.unreadable(path: path, reason: systemReason(of: error))
  }
  guard data.count <= largestFile else {
    throw DatasetError.unreadable(path: path, reason: "is larger than \(largestFile >> 20) MiB")
  }
  guard path.hasSuffix(".jsonl") || path.hasSuffix(".json") else {
    let text = String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
    return paragraphs(of: text)
  }
  if let whole = try? JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed]) {
    return strings(in: whole)
  }
  return try data.split(separator: UInt8(ascii: "\n")).enumerated().flatMap { number, line -> [String] in
    guard !line.allSatisfy({ $0 <= 0x20 }) else { return [] }
    guard let value = try? JSONSerialization.jsonObject(with: line, options: [.fragmentsAllowed]) else {
      throw DatasetError.unreadable(path: path, reason: "has a line \(number + 1) that is no JSON")
    }
    return strings(in: value)
  }
}

private func paragraphs(of text: String) -> [String] {
  var paragraphs: [String] = []
  var lines: [Substring] = []
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) + [Substring()] {
    if line.allSatisfy(\.isWhitespace) {
      if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
      lines = []
    } else {
      lines.append(line)
    }
  }
  return paragraphs
}

private func strings(in value: Any) -> [String] {
  switch value {
  case let text as String: [text]
  case let list as [Any]: list.flatMap(strings)
  case let object as [String: Any]: object.sorted { $0.key < $1.key }.flatMap { strings(in: $0.value) }
  default: []
  }
}

/// Finds what a sample shares with evaluation texts.
struct ContaminationIndex {
  /// Shorter texts are questions such as “What is it?”, which tell nothing.
  static let shortestText = 5

  private let length: Int
  /// Runs of words by their number; all but ``length`` are whole texts.
  private var runs: [Int: Set<UInt64>] = [:]

  init(_ evaluation: EvaluationTexts, length: Int) {
    self.length = length
    for text in evaluation.texts {
      let words = normalizedWords(text)
      guard words.count >= min(Self.shortestText, length) else { continue }
      let count = min(length, words.count)
      runs[count, default: []].formUnion(wordGrams(words, count))
    }
  }

  func finding(in sample: Sample) -> Finding? {
    guard !runs.isEmpty else { return nil }
    for (name, text) in sample.fields {
      let words = normalizedWords(text)
      for (count, known) in runs.sorted(by: { $0.key < $1.key }) where words.count >= count {
        let grams = wordGrams(words, count)
        if let place = grams.firstIndex(where: known.contains) {
          let shared = words[place..<(place + count)].joined(separator: " ")
          return Finding("contaminated", "the \(name) has “\(shared)” from an evaluation file")
        }
      }
    }
    return nil
  }
}
