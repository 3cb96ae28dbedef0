import Crawling
import Testing

@Suite struct CodeTests {
  @Test func `code keeps its indentation and its language`() throws {
    let markdown = try Pages.markdown(
      of: "<pre><code class=\"language-swift\">func f() {\n    return\n\n\tlet x = a &lt; b\n}\n</code></pre>")
    #expect(markdown.contains("```swift\nfunc f() {\n    return\n\n\tlet x = a < b\n}\n```\n"))
  }

  @Test func `line breaks in Medium's code are elements`() throws {
    let markdown = try Pages.markdown(of: "<pre class=\"graf graf--pre\">if x:<br>    return 1<br>return 2</pre>")
    #expect(markdown.contains("```\nif x:\n    return 1\nreturn 2\n```"))
  }

  @Test func `Medium's newer code names its language and is coloured by spans`() throws {
    let markdown = try Pages.markdown(
      of: """
        <pre data-code-block-lang="python" class="graf graf--preV2"><span class="pre--content"><span
        class="hljs-keyword">def</span> <span class="hljs-title">f</span>():<br>    <span class="hljs-comment"># why</span>
        </span></pre>
        """)
    #expect(markdown.contains("```python\ndef f():\n    # why\n```"))
  }

  @Test func `line numbers beside code are dropped`() throws {
    let markdown = try Pages.markdown(
      of: """
        <div class="highlight"><table><tr><td class="gutter"><pre class="lineno">1
        2</pre></td><td class="code"><pre><span class="k">let</span> a = 1
        <span class="k">let</span> b = 2</pre></td></tr></table></div>
        """)
    #expect(markdown.contains("let a = 1"))
    #expect(!markdown.contains("1\n2"))
  }

  @Test func `a toolbar around code does not take the code with it`() throws {
    let markdown = try Pages.markdown(
      of: """
        <div class="code-toolbar"><pre class="language-c"><code class="language-c">int main;</code></pre>
        <div class="toolbar"><button>Copy</button></div></div>
        """)
    #expect(markdown.contains("```c\nint main;\n```"))
    #expect(!markdown.contains("Copy"))
  }

  @Test func `code with backticks gets a longer fence`() throws {
    #expect(try Pages.markdown(of: "<pre>a\n```\nb</pre>").contains("````\na\n```\nb\n````"))
  }

  @Test func `code in a line keeps the line together`() throws {
    let markdown = try Pages.markdown(of: "<p>Call <code>f(x)</code>, then <code>a`b</code> when it has returned.</p>")
    #expect(markdown.contains("Call `f(x)`, then ``a`b`` when it has returned."))
  }

  @Test func `lines that are elements of their own become lines`() throws {
    let markdown = try Pages.markdown(
      of: "<pre><code><span class=\"line\">one</span><span class=\"line\">  two</span></code></pre>")
    #expect(markdown.contains("```\none\n  two\n```"))
  }
}
