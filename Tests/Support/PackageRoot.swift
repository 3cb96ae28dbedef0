public import Foundation

/// The checkout that the tests were built from.
public let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The Python of the tests' virtual environment, which `scripts/setup` makes; `TWIN_TEST_PYTHON` names another one.
public let testPython: String =
  ProcessInfo.processInfo.environment["TWIN_TEST_PYTHON"]
  ?? packageRoot.appending(path: ".venv/bin/python").path
