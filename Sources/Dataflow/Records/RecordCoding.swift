import Foundation

/// The one way in which records are written: sorted keys, ISO 8601 dates with milliseconds, plain slashes.
func recordEncoder(pretty: Bool) -> JSONEncoder {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
  encoder.dateEncodingStrategy = .custom { date, encoder in
    var container = encoder.singleValueContainer()
    // The style cuts off what is below a millisecond, and the nearest `Double` may lie below it: without the tenth of
    // a millisecond a date that is read and written again would creep backwards.
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
    try container.encode(Date(timeIntervalSince1970: milliseconds / 1000 + 0.0001).formatted(recordDateStyle))
  }
  return encoder
}

/// The reader of what ``recordEncoder(pretty:)`` writes.
func recordDecoder() -> JSONDecoder {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
  decoder.dateDecodingStrategy = .custom { decoder in
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      return try recordDateStyle.parse(text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not an ISO 8601 date")
    }
  }
  return decoder
}

private let recordDateStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
