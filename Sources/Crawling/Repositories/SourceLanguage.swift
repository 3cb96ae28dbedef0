/// The name of the language of a source file, lower case, by its suffix or name; nil if it is not known.
func sourceLanguage(ofPath path: String) -> String? {
  let name = fileName(path).lowercased()
  return languageOfName[name] ?? languageOfSuffix[fileSuffix(path)]
}

private let languageOfName = [
  "makefile": "makefile", "dockerfile": "dockerfile", "cmakelists.txt": "cmake", "gemfile": "ruby", "rakefile": "ruby",
  "justfile": "just",
]

private let languageOfSuffix = [
  "bash": "shell", "c": "c", "cc": "c++", "clj": "clojure", "cpp": "c++", "cs": "c#", "css": "css", "cu": "cuda",
  "cxx": "c++", "dart": "dart", "elm": "elm", "ex": "elixir", "exs": "elixir", "erl": "erlang", "f90": "fortran",
  "fs": "f#", "go": "go", "graphql": "graphql", "groovy": "groovy", "h": "c", "hpp": "c++", "hs": "haskell",
  "html": "html", "htm": "html", "ipynb": "jupyter notebook", "java": "java", "jl": "julia", "js": "javascript",
  "json": "json", "jsx": "javascript", "kt": "kotlin", "kts": "kotlin", "lua": "lua", "m": "objective-c",
  "markdown": "markdown", "md": "markdown", "mdx": "markdown", "mjs": "javascript", "ml": "ocaml",
  "mm": "objective-c++",
  "nix": "nix", "php": "php", "pl": "perl", "proto": "protocol buffers", "ps1": "powershell", "py": "python",
  "pyi": "python", "r": "r", "rb": "ruby", "rs": "rust", "rst": "restructuredtext", "scala": "scala", "scss": "scss",
  "sh": "shell", "sql": "sql", "svelte": "svelte", "swift": "swift", "tex": "tex", "tf": "terraform", "toml": "toml",
  "ts": "typescript", "tsx": "typescript", "txt": "text", "vue": "vue", "xml": "xml", "yaml": "yaml", "yml": "yaml",
  "zig": "zig", "zsh": "shell",
]
