import Preprocessing

/// The least bytes of an answer.
let shortestAnswer = 100

extension ExtractText {
  /// The end of the range's last block or sentence that ends well, at most `limit` bytes on; nil when nothing does.
  func answer(from start: Int, upTo end: Int, limit: Int = 1600) -> Range<Int>? {
    var best: Int?
    for block in blocks where block.range.upperBound > start && block.range.lowerBound < end {
      if block.kind == .paragraph {
        let from = max(start, block.range.lowerBound)
        let sentences = sentenceRanges(bytes, from..<min(end, block.range.upperBound))
        for sentence in sentences where endsSentence(bytes[sentence]) && sentence.upperBound - start <= limit {
          best = sentence.upperBound
        }
      } else if (block.kind == .list || block.kind == .quote), best != nil,
        block.range.upperBound <= min(end, start + limit)
      {
        best = block.range.upperBound
      }
    }
    guard let best, best - start >= shortestAnswer, isFitToRead(start..<best) else { return nil }
    return start..<best
  }

  /// Whether an answer begins as a sentence does and points at nothing that is not in it.
  private func isFitToRead(_ range: Range<Int>) -> Bool {
    guard let first = bytes[range].first, !(first >= 0x61 && first <= 0x7A), !")],.;:\\#-|>".utf8.contains(first) else {
      return false
    }
    // `1\.` is an item of a list that a converter made text.
    if bytes[range].prefix(4).contains(UInt8(ascii: "\\")) { return false }
    let lowercased = string(range).lowercased()
    return !pointers.contains { lowercased.contains($0) }
  }

  /// Where the text begins once sentences about the document itself, and those that hang on what came before, are left
  /// out; nil when nothing is left.
  var substantiveStart: Int? {
    for paragraph in paragraphs {
      for sentence in sentenceRanges(bytes, paragraph) {
        let words = plainText(string(sentence)).lowercased()
        if metaOpenings.contains(where: words.hasPrefix) { continue }
        if danglingOpenings.contains(where: words.hasPrefix) { break }
        return sentence.lowerBound
      }
    }
    return nil
  }
}

/// What points at a picture or a place that an answer by itself does not have.
private let pointers = [
  "figure below", "in figure ", "see figure ", "figure above", "following figure", "image below", "image above",
  "following image", "diagram below",
  "diagram above", "picture below", "plot below", "plot above", "graph below", "table below", "see below", "code below",
  "code above", "following code", "snippet below", "as shown in", "following table", "following diagram", "click on",
  "previous section", "next section", "previous lesson", "next lesson", "next article", "previous article",
  "above figure",
]

/// How sentences begin that tell what the document does.
private let metaOpenings = [
  "in this article", "in this post", "in this lesson", "in this section", "in this part", "in this tutorial",
  "in this guide",
  "in today", "this article", "this post", "this lesson", "this section", "this tutorial", "let's ", "let’s ",
  "we will now",
  "now let", "now, let", "before we ", "before diving", "in the next", "in the previous", "in the last", "as promised",
]

/// How sentences begin that need the one before them.
private let danglingOpenings = [
  "however", "but ", "thus", "therefore", "also", "moreover", "furthermore", "as mentioned", "as you can see",
  "in addition",
  "so ", "so,", "then", "this ", "these ", "that ", "those ", "it ", "it's", "it’s", "they ", "and ", "or ", "instead",
  "finally", "similarly", "in other words", "for example", "for instance", "otherwise", "next", "the following", "here",
  "now", "such ", "still", "yet ", "again", "besides", "hence", "consequently", "as a result", "another", "the same",
  "if you want", "check out", "to learn more", "for more", "in both", "in either", "either way",
  "secondly", "thirdly", "second,", "third,", "lastly", "on the other", "on the contrary", "afterward", "that's", "he ",
  "she ", "his ", "her ", "their ", "its ", "note that", "indeed", "in this case", "in our case", "as you", "as we",
]
