import Foundation
import LanguageModel
import TestSupport
import Testing

struct MeasuringTests {
  @Test(arguments: [1, 2, 3])
  func `quantiles are off by two parts in a hundred at most`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // From a millisecond to a day, each power of ten as likely as the other.
    let times = (0..<2000).map { _ in pow(10, Double.random(in: -3...4.9, using: &generator)) }.sorted()
    var histogram = LatencyHistogram()
    for time in times.shuffled(using: &generator) { histogram.add(time) }
    for part in [0.01, 0.5, 0.95, 0.99, 1] {
      let exact = times[max(0, Int((part * 2000).rounded(.up)) - 1)]
      let found = try #require(histogram.quantile(part))
      #expect(abs(found - exact) <= LatencyHistogram.error * exact, "\(part): \(found), not \(exact)")
    }
  }

  @Test func `no times have no quantiles, and times out of range count as the nearest`() {
    var histogram = LatencyHistogram()
    #expect(histogram.quantile(0.5) == nil)
    for time in [0, -1, 1e-9, 1e9, .infinity] { histogram.add(time) }
    #expect(histogram.count == 5)
    #expect((histogram.quantile(0.5) ?? 1) < 0.0011)
    #expect((histogram.quantile(1) ?? 0) > 90_000)
  }

  @Test func `requests, errors, retries, tokens, cost and speed are counted for each model`() async throws {
    let meter = ModelMeter(prices: ["scripted": ModelPrice(input: 3, output: 15)])
    let usage = TokenUsage(prompt: 1000, completion: 200)
    let scripted = ScriptedModel(
      "test/scripted", says("yes", usage: usage), fails(refused(500)), fails(rateLimited()),
      { _ in
        GenerationReply(
          text: "yes", model: "test/scripted", usage: usage, seconds: 5,
          timing: ServerTiming(generationSeconds: 3.9), attempts: 3)
      })
    let model = MeasuredModel(scripted, meter: meter)
    for _ in 0..<4 { _ = try? await model.generate(question()) }
    let counted = try #require(meter.usage.first)
    #expect(meter.usage.count == 1)
    #expect(counted.requests == 4 && counted.retries == 2 && counted.cached == 0)
    #expect(counted.errors == ["status_500": 1, "rate_limited": 1])
    #expect(counted.promptTokens == 2000 && counted.completionTokens == 400)
    #expect(abs((counted.cost ?? 0) - 0.012) < 1e-12)
    #expect(counted.tokensPerSecond == 100)
    #expect((counted.p99 ?? 0) > 4.9)
  }

  @Test func `a model without a price has no cost, and one of that name by another provider has its own`() {
    let meter = ModelMeter(prices: ["a/m": ModelPrice(input: 1, output: 1)])
    #expect(meter.price(of: "a/m") != nil && meter.price(of: "b/m") == nil)
    meter.note(GenerationReply(text: "", model: "b/m", usage: TokenUsage(prompt: 1, completion: 1)))
    #expect(meter.usage.first?.cost == nil)
  }
}
