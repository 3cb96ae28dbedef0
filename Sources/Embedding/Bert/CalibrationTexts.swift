/// Texts of many kinds, over which the largest inputs of each product are measured before weights are rounded to integers.
///
/// About 220 tokens: with four times as many the vectors are as near to those of floats.
let calibrationTexts = [
  "A calibration text should look like what people write: short notes, long explanations, and a few numbers such as "
    + "1843, 3.14 or 2024-05-17. The first part talks about software. To install the package, run `pip install twin` and "
    + "open https://example.com/docs/start.html in a browser; the function load_model(path) returns None if the file "
    + "isn't there!",
  "In Berlin, Dr. Müller asked: \"Why does the engine stop?\" Nobody knew... Her team measured the temperature (about "
    + "90 °C), replaced two valves & wrote a report of 12 pages. Sales grew by 7 % last year, while costs fell; however, "
    + "investors remained cautious about interest rates, energy prices and politics.",
  "# Lessons learned\n- Keep it simple.\n- Test early, test often.\n1. Large language models predict the next token; "
    + "retrieval-augmented generation adds documents to the prompt.\nif x > 0: return x * 2\nShe smiled, closed the "
    + "book, and walked home through the rain.",
]
