/// How the page of a run looks. The drawings' own sheet follows it.
enum RunPageStyle {
  static let sheet: StaticString = """

    :root { color-scheme: light dark; }
    body { margin: 0; background: #ffffff; color: #1b2a31; font: 14px/1.45 "Helvetica Neue", Helvetica, Arial,
      "Liberation Sans", sans-serif; }
    main { max-width: 1400px; margin: 0 auto; padding: 24px 24px 64px; }
    h1 { font-size: 24px; margin: 0 0 12px; overflow-wrap: anywhere; }
    h2 { font-size: 17px; margin: 32px 0 10px; }
    h3 { font-size: 14px; margin: 16px 0 6px; overflow-wrap: anywhere; }
    code { font: 12px ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
    .facts { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 0; }
    .facts dt { font-size: 12px; color: #5b6870; }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    .status { display: inline-block; padding: 1px 9px; border-radius: 10px; font-size: 12px; font-weight: bold;
      vertical-align: middle; background: #e3e8eb; color: #1b2a31; }
    .status.succeeded, .status.computed { background: #d3f1dd; color: #0c4a22; }
    .status.unchanged, .status.cached { background: #d8e8ff; color: #0b3a7a; }
    .status.partial, .status.running, .status.interrupted { background: #ffe9b8; color: #573a00; }
    .status.failed { background: #fcd9d9; color: #7d0d15; }
    .drawing, .table { overflow-x: auto; border: 1px solid #dce2e5; border-radius: 8px; }
    .drawing svg { display: block; }
    .fitted svg { max-width: 100%; height: auto; }
    .cards { display: flex; flex-wrap: wrap; gap: 14px; align-items: flex-start; }
    .card { border: 1px solid #dce2e5; border-radius: 8px; padding: 0 14px 10px; max-width: 100%; box-sizing: border-box;
      overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; }
    th, td { padding: 5px 10px; text-align: left; vertical-align: top; border-top: 1px solid #e6ebed; }
    thead th { border-top: 0; font-size: 12px; color: #5b6870; background: #f6f8f9; white-space: nowrap; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .zero { color: #9aa5ab; }
    .type { font-style: italic; }
    td.error, td.place { overflow-wrap: anywhere; min-width: 160px; }
    td.error { white-space: pre-wrap; }
    table.json { width: auto; }
    table.json > tbody > tr:first-child > th, table.json > tbody > tr:first-child > td { border-top: 0; }
    table.json th { font-weight: normal; color: #46535a; overflow-wrap: anywhere; max-width: 280px; }
    table.json td { overflow-wrap: anywhere; white-space: pre-wrap; }
    summary { cursor: pointer; color: #5b6870; }
    .more { color: #5b6870; }
    .timeline .bar { fill: #157f3c; }
    .timeline .bar.cached { fill: #1f6feb; }
    .timeline .bar.failed { fill: #c1121f; }
    .timeline path.tick { fill: none; stroke: #dce2e5; }
    .dataflow.timeline text.tick { font-size: 11px; text-anchor: middle; fill: #5b6870; }
    @media (prefers-color-scheme: dark) {
      body { background: #12181c; color: #e6eef1; }
      .facts dt, thead th, summary, .more { color: #a9b7be; }
      .status { background: #38434a; color: #e6eef1; }
      .status.succeeded, .status.computed { background: #14502b; color: #c9f5d7; }
      .status.unchanged, .status.cached { background: #12407f; color: #d5e6ff; }
      .status.partial, .status.running, .status.interrupted { background: #5f4508; color: #ffecc2; }
      .status.failed { background: #7c1a20; color: #ffdedd; }
      .drawing, .table, .card { border-color: #2c373d; }
      th, td { border-color: #263036; }
      thead th { background: #1a2226; }
      .zero { color: #6d7a82; }
      table.json th { color: #b8c5cb; }
      .timeline .bar { fill: #3fae68; }
      .timeline .bar.cached { fill: #5a9bf6; }
      .timeline .bar.failed { fill: #f0605a; }
      .timeline path.tick { stroke: #2c373d; }
      .dataflow.timeline text.tick { fill: #a9b7be; }
    }

    """
}
