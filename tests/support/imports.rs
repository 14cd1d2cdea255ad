//! Which source file of a crate takes which other one: every path in the code, macros included, test modules cut out.
//!
//! A path counts from where it is written (`crate::`, `super::`, `self::`, or a child module of the file) as far as its segments
//! name modules: the file of the last one is what is imported. An item that a facade re-exports counts as the facade.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One path in a source file that leads to another file of the crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Import {
    /// The file that has the path, from the crate's `src`, with `/`.
    pub(crate) from: String,
    /// The line of the path, from 1.
    pub(crate) line: usize,
    /// The file that the path leads to.
    pub(crate) to: String,
    /// The path as it is written, without spaces.
    pub(crate) path: String,
}

/// The modules of a crate and what they import.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    /// Files by module path: `model::graph` is `model/graph.rs`; the root is `""`.
    files: BTreeMap<String, String>,
    pub(crate) all: Vec<Import>,
}

impl Imports {
    /// Reads every module that the crate's root declares outside of tests. `source` is the folder of `lib.rs`.
    ///
    /// # Errors
    ///
    /// A source cannot be read, is no Rust, or declares a module that has no file; in words.
    pub(crate) fn read(source: &Path) -> Result<Self, String> {
        let mut read = Self::default();
        let mut bodies = Vec::new();
        read.module(source, "", &source.join("lib.rs"), &mut bodies)?;
        for (module, file, stream) in bodies {
            let mut walk = Walk {
                imports: &mut read,
                file,
            };
            walk.stream(&module, stream);
        }
        read.all.sort();
        read.all.dedup();
        Ok(read)
    }

    /// Every file, sorted.
    pub(crate) fn files(&self) -> BTreeSet<&str> {
        self.files.values().map(String::as_str).collect()
    }

    /// Finds the modules that a file declares, and reads them.
    fn module(
        &mut self,
        source: &Path,
        module: &str,
        path: &Path,
        bodies: &mut Vec<(String, String, TokenStream)>,
    ) -> Result<(), String> {
        let in_words = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| in_words(&error))?;
        let stream: TokenStream = text.parse().map_err(|error| in_words(&error))?;
        let file = path
            .strip_prefix(source)
            .map_err(|error| in_words(&error))?;
        let file = file.to_string_lossy().replace('\\', "/");
        self.files.insert(module.to_owned(), file.clone());
        let stream = without_tests(stream);
        for name in declared(&stream) {
            let folder = match path.file_stem().and_then(|stem| stem.to_str()) {
                Some("lib" | "mod") => path.with_file_name(""),
                _ => path.with_extension(""),
            };
            let candidates: [PathBuf; 2] = [
                folder.join(format!("{name}.rs")),
                folder.join(&name).join("mod.rs"),
            ];
            let child = candidates.iter().find(|path| path.exists());
            let child = child.ok_or_else(|| in_words(&format!("no file of mod {name}")))?;
            self.module(source, &joined(module, &name), child, bodies)?;
        }
        bodies.push((module.to_owned(), file, stream));
        Ok(())
    }

    /// The module that a path leads to from a module: its longest beginning that names one.
    fn target(&self, from: &str, segments: &[String]) -> Option<String> {
        let mut at = from.to_owned();
        let mut rest = segments;
        match rest.first().map(String::as_str) {
            Some("crate") => {
                at = String::new();
                rest = &rest[1..];
            }
            Some("self") => rest = &rest[1..],
            Some("super") => {
                while let [first, tail @ ..] = rest
                    && first == "super"
                {
                    at = at
                        .rsplit_once("::")
                        .map_or("", |(outer, _)| outer)
                        .to_owned();
                    rest = tail;
                }
            }
            Some(child) if self.files.contains_key(&joined(from, child)) => {}
            _ => return None,
        }
        for segment in rest {
            let next = joined(&at, segment);
            if !self.files.contains_key(&next) {
                break;
            }
            at = next;
        }
        Some(at)
    }

    /// Files that import one another, directly or in a ring: each list is one ring with everything that is tied into it. The
    /// largest comes first.
    pub(crate) fn rings(&self) -> Vec<Vec<&str>> {
        let reach = |from: &str| {
            let mut seen = BTreeSet::new();
            let mut open = vec![from.to_owned()];
            while let Some(at) = open.pop() {
                for import in self.all.iter().filter(|import| import.from == at) {
                    if seen.insert(import.to.clone()) {
                        open.push(import.to.clone());
                    }
                }
            }
            seen
        };
        let reached: BTreeMap<&str, BTreeSet<String>> = self
            .files()
            .into_iter()
            .map(|file| (file, reach(file)))
            .collect();
        let mut rings: Vec<Vec<&str>> = Vec::new();
        for (file, to) in &reached {
            if !to.contains(*file) || rings.iter().any(|ring| ring.contains(file)) {
                continue;
            }
            let ring = reached
                .iter()
                .filter(|(other, back)| to.contains(**other) && back.contains(*file))
                .map(|(other, _)| *other)
                .collect();
            rings.push(ring);
        }
        rings.sort_by_key(|ring| std::cmp::Reverse(ring.len()));
        rings
    }
}

/// Takes the paths of one file.
struct Walk<'i> {
    imports: &'i mut Imports,
    file: String,
}

impl Walk<'_> {
    fn stream(&mut self, module: &str, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                // `mod name { … }`: paths inside begin one module deeper.
                TokenTree::Ident(word) if *word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                        (tokens.get(at + 1), tokens.get(at + 2))
                    {
                        self.stream(&joined(module, &name.to_string()), body.stream());
                        at += 2;
                    }
                }
                // `pub(in crate::room)` says who may see, and imports nothing.
                TokenTree::Ident(word)
                    if *word == "pub" && tokens.get(at + 1).is_some_and(is_parenthesis) =>
                {
                    at += 1;
                }
                TokenTree::Ident(_) if !is_behind_path(&tokens, at) => {
                    at = self.path(module, &[], &tokens, at);
                    continue;
                }
                TokenTree::Group(group) => self.stream(module, group.stream()),
                _ => {}
            }
            at += 1;
        }
    }

    /// Takes the path that begins at a token, and gives the place behind it.
    fn path(&mut self, module: &str, before: &[String], tokens: &[TokenTree], at: usize) -> usize {
        let mut segments = before.to_vec();
        let mut next = at;
        let line = tokens[at].span().start().line;
        loop {
            match tokens.get(next) {
                Some(TokenTree::Ident(word)) => segments.push(word.to_string()),
                Some(TokenTree::Group(tree))
                    if tree.delimiter() == Delimiter::Brace && next > at =>
                {
                    // A tree of imports: each branch is a path.
                    let inner: Vec<TokenTree> = tree.stream().into_iter().collect();
                    let mut branch = 0;
                    while branch < inner.len() {
                        branch = self.path(module, &segments, &inner, branch);
                        while branch < inner.len() && !is_punct(&inner[branch], ',') {
                            branch += 1;
                        }
                        branch += 1;
                    }
                    return next + 1;
                }
                _ => return next,
            }
            next += 1;
            if is_separator(tokens, next) {
                next += 2;
                if matches!(tokens.get(next), Some(TokenTree::Punct(_))) {
                    break;
                }
            } else {
                break;
            }
        }
        // A lone name is no path, unless it is a branch of one.
        if segments.len() > 1
            && let Some(target) = self.imports.target(module, &segments)
        {
            let to = self.imports.files[&target].clone();
            if to != self.file {
                self.imports.all.push(Import {
                    from: self.file.clone(),
                    line,
                    to,
                    path: segments.join("::"),
                });
            }
        }
        next
    }
}

/// Whether the token continues a path, so that none begins there.
fn is_behind_path(tokens: &[TokenTree], at: usize) -> bool {
    at >= 2 && is_separator(tokens, at - 2)
        || at >= 1 && (is_punct(&tokens[at - 1], '.') || is_punct(&tokens[at - 1], '$'))
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at..at + 2), Some([first, second]) if is_punct(first, ':') && is_punct(second, ':'))
}

fn is_parenthesis(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn joined(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

/// The names of `mod name;` outside of any block.
fn declared(stream: &TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    tokens
        .windows(3)
        .filter_map(|window| match window {
            [TokenTree::Ident(word), TokenTree::Ident(name), end]
                if *word == "mod" && is_punct(end, ';') =>
            {
                Some(name.to_string())
            }
            _ => None,
        })
        .collect()
}

/// Whether an attribute, without spaces, keeps its item out of everything but tests.
fn is_test_attribute(attribute: &str) -> bool {
    attribute == "cfg(test)" || attribute.starts_with("cfg(all(test,")
}

/// Leaves out every item of tests.
fn without_tests(stream: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_test = is_punct(&tokens[at], '#')
            && matches!(tokens.get(at + 1), Some(TokenTree::Group(group))
                if is_test_attribute(&group.stream().to_string().replace(' ', "")));
        if is_test {
            at += 2;
            // The item ends with a block or a semicolon.
            while at < tokens.len() {
                let is_end = is_punct(&tokens[at], ';')
                    || matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                at += 1;
                if is_end {
                    break;
                }
            }
            continue;
        }
        kept.push(tokens[at].clone());
        at += 1;
    }
    kept.into_iter().collect()
}
