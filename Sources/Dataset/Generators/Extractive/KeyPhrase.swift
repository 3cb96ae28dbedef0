import Preprocessing

/// What a stretch of text is about: the phrase of one to three words that stands out by how often it occurs and by
/// being a name, none of whose words is in `known`; nil when nothing stands out.
///
/// Phrases never cross punctuation or a stop word, as in RAKE (Rose et al. 2010), and count by occurrences, longer ones
/// for more.
func keyPhrase(of text: String, besides known: String) -> String? {
  let knownWords = Set(words(of: known).joined().map { $0.text.lowercased() })
  var counts: [String: (count: Int, display: String, isName: Bool, length: Int, place: Int)] = [:]
  var place = 0
  for run in words(of: plainText(text)) {
    for start in run.indices {
      for length in 1...3 where start + length <= run.count {
        let phrase = run[start..<(start + length)]
        if phrase.contains(where: { knownWords.contains($0.text.lowercased()) }) { continue }
        let display = phrase.map(\.text).joined(separator: " ")
        let isName = phrase.allSatisfy { $0.text.contains(where: \.isUppercase) && !$0.isFirst }
        counts[display.lowercased(), default: (0, display, false, length, place)].count += 1
        if isName {
          counts[display.lowercased()]?.isName = true
          counts[display.lowercased()]?.display = display
        }
        place += 1
      }
    }
  }
  let scored = counts.values.compactMap { entry -> (score: Int, display: String, place: Int)? in
    let isRepeated = entry.count >= 2
    guard entry.isName ? isRepeated || entry.length > 1 : isRepeated && entry.length > 1 else { return nil }
    guard entry.display.utf8.count > 2 else { return nil }
    let weight = [2, 5, 6][entry.length - 1]
    return (entry.count * weight + (entry.isName ? 2 : 0), entry.display, entry.place)
  }
  return scored.max { ($0.score, $1.place) < ($1.score, $0.place) }?.display
}

private struct Word {
  var text: String
  /// Whether it begins a sentence, so that its capital tells nothing.
  var isFirst: Bool
}

/// The words between punctuation marks and stop words.
private func words(of text: String) -> [[Word]] {
  var runs: [[Word]] = [[]]
  var isFirst = true
  for token in text.split(whereSeparator: \.isWhitespace) {
    let word = token.trimmingMarks()
    let isStop = word.count < 2 || stopWords.contains(word.lowercased()) || word.contains { "/=(){}<>@:".contains($0) }
    if isStop || !word.contains(where: \.isLetter) || token.first.map({ "([“\"‘".contains($0) }) == true {
      runs.append([])
    }
    if !isStop, word.contains(where: \.isLetter) {
      runs[runs.count - 1].append(Word(text: String(word), isFirst: isFirst))
    }
    isFirst = token.last.map { ".!?:".contains($0) } ?? false
    if let last = token.last, !last.isLetter, !last.isNumber { runs.append([]) }
  }
  return runs.filter { !$0.isEmpty }
}

extension Substring {
  fileprivate func trimmingMarks() -> Substring {
    let isMark: (Character) -> Bool = { !$0.isLetter && !$0.isNumber }
    var rest = drop(while: isMark)
    while let last = rest.last, isMark(last) { rest.removeLast() }
    return rest.hasSuffix("'s") || rest.hasSuffix("’s") ? rest.dropLast(2) : rest
  }
}

private let stopWords: Set<String> = Set(
  """
  a about above after again against all also although always am an and another any anything are around as ask at away
  back be because been before being below best better between both but by call called can cannot case check come could
  create day days did different do does doing done don't don’t down during each easily easy either else end enough etc
  even every everything example examples explain far few find first following for from full further get gets getting
  give given gives go goes going good got great had happen has have having he help her here high him his hours how
  however i i'll i'm i’ll i’m idea if important in instead into is isn't isn’t it it's it’s its itself just keep key
  know last later learn least less let let's let’s like likely ll look looking lot low made main make makes making
  many may maybe me mean means might minute minutes more most much multiple must my need needed needs never new next
  no not note nothing now number of off often ok old on once one ones only or other others our out over own part
  particular people perfect perform place please point possible previous probably process provide put quick quickly
  quite rather re real really reason right run same saw say second see seen several should show shown similar simple
  simply since single slightly small so some something soon specific start step steps still straightforward such sure
  take takes taking than thanks that that's that’s the their them then there there's there’s therefore these they
  they're they’re thing things think this those three through thus time times to today together too top total try turn
  two under understand until up upon us use used useful user uses using usually various ve very via want was way ways
  we we'll we're we've we’ll we’re we’ve well went were what when where whether which while who whole why will with
  within without won't words work working works would write year years yes you you'll you're you’ll you’re your
  yourself huge big image images figure author article articles post posts section lesson week weeks
  """.split(whereSeparator: \.isWhitespace).map(String.init))
