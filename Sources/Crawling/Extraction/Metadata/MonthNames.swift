/// The names of months in the languages that many pages are written in, and their usual abbreviations.
enum MonthNames {
  /// 1 to 12 for a name in lower case.
  static func number(of word: String) -> Int? { table[word] }

  private static let table: [String: Int] = {
    // One line per language, January to December.
    let languages = [
      "january february march april may june july august september october november december",
      "jan feb mar apr may jun jul aug sep oct nov dec",
      "jan feb mar apr may jun jul aug sept oct nov dec",
      "januar februar märz april mai juni juli august september oktober november dezember",
      "jänner feber mrz apr mai jun jul aug sep okt nov dez",
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
      "ene feb mar abr may jun jul ago set oct nov dic",
      "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
      "gen feb mar apr mag giu lug ago set ott nov dic",
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
      "januari februari maart april mei juni juli augustus september oktober november december",
      "januari februari mars april maj juni juli augusti september oktober november december",
      "januar februar mars april mai juni juli august september oktober november desember",
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
      "ledna února března dubna května června července srpna září října listopadu prosince",
      "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
      "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
      "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    ]
    var table: [String: Int] = [:]
    for language in languages {
      for (position, name) in language.split(separator: " ").enumerated() where table[String(name)] == nil {
        table[String(name)] = position + 1
      }
    }
    return table
  }()
}
