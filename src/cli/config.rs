//! `seamlint.toml`: the settings of a team, found upwards from each file that is checked. Flags of
//! the command line take precedence.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use json_document::{LineIndex, PositionEncoding};
use serde::Deserialize;
use toml::Spanned;

use super::failure::Failure;
use super::paths::{folder_of, shown};
use super::system::{self, Kind, absolute};
use crate::engine::options::rule;
use crate::report::{Diagnostic, Severity};
use crate::rules::settings::Level;
use crate::text::suggest::nearest;

/// The name of the file.
pub(super) const NAME: &str = "seamlint.toml";

/// The configuration of seamlint, `seamlint.toml`. Paths in it start at its folder.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "seamlint.toml")]
struct Written {
    /// The lowest severity that gives exit status 1, `warning` if it is not set; `--fail-on` takes precedence.
    fail_on: Option<Severity>,
    /// Whether a reference to a resource that is not given is an error.
    closed_world: bool,
    /// Files with the keys of existing resources, as `seamlint keys` writes them.
    #[schemars(with = "Vec<PathBuf>")]
    known: Vec<Spanned<PathBuf>>,
    /// Payloads whose resources exist already, so that references may name them.
    #[schemars(with = "Vec<PathBuf>")]
    context: Vec<Spanned<PathBuf>>,
    /// A file of findings that existed when seamlint was introduced, as `--write-baseline` writes
    /// it: they are not reported. `--baseline` takes precedence.
    #[schemars(with = "Option<PathBuf>")]
    baseline: Option<Spanned<PathBuf>>,
    /// Which files of folders are checked; without it, all that may be payloads. `*` matches within
    /// a folder, `**` across folders.
    #[schemars(with = "Vec<String>")]
    include: Vec<Spanned<String>>,
    /// Which files are skipped, in folders and among those that a hook names.
    #[schemars(with = "Vec<String>")]
    exclude: Vec<Spanned<String>>,
    /// Severities by rule, which override the defaults.
    #[schemars(with = "BTreeMap<String, Level>")]
    rules: BTreeMap<Spanned<String>, Level>,
    /// Severities for some files. If several match, the last one wins.
    overrides: Vec<WrittenOverride>,
    /// Suppressed findings.
    ignore: Vec<WrittenIgnore>,
}

/// Severities for some files.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenOverride {
    /// Which files.
    #[schemars(with = "Vec<String>")]
    paths: Vec<Spanned<String>>,
    /// Severities by rule.
    #[schemars(with = "BTreeMap<String, Level>")]
    rules: BTreeMap<Spanned<String>, Level>,
}

/// Suppressed findings, and why.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenIgnore {
    /// The rule's code.
    #[schemars(with = "String")]
    rule: Spanned<String>,
    /// Where: a JSON Pointer in which `*` matches one token, and `**` any number of them. Everywhere
    /// if it is left out.
    #[schemars(with = "Option<String>")]
    pointer: Option<Spanned<String>>,
    /// In which files; in all if it is left out.
    #[schemars(with = "Option<String>")]
    path: Option<Spanned<String>>,
    /// Why it is not a mistake. Required.
    #[schemars(with = "String")]
    reason: Spanned<String>,
}

/// A configuration that was read.
#[derive(Debug)]
pub(super) struct Config {
    /// As messages show it.
    shown: String,
    /// [`absolute`], as are the paths of the files to check.
    folder: PathBuf,
    pub(super) fail_on: Option<Severity>,
    pub(super) closed_world: bool,
    pub(super) known: Vec<Named>,
    pub(super) context: Vec<Named>,
    pub(super) baseline: Option<Named>,
    include: Vec<GlobMatcher>,
    exclude: Vec<GlobMatcher>,
    rules: Vec<(String, Level)>,
    overrides: Vec<Override>,
    ignores: Vec<Ignore>,
}

/// A file that a configuration names.
#[derive(Debug)]
pub(super) struct Named {
    /// Relative to the current folder.
    path: PathBuf,
    /// Where it is named, as messages show it.
    place: String,
}

impl Named {
    /// Reads the file by `work`; a failure names the place in the configuration.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Path) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        work(&self.path).map_err(|failure| unusable(&self.place, &failure.to_string()))
    }
}

fn unusable(place: &str, what: &str) -> Failure {
    Failure::unusable(format!("the configuration {place}"), what)
}

#[derive(Debug)]
struct Override {
    paths: Vec<GlobMatcher>,
    rules: Vec<(String, Level)>,
}

/// Suppressed findings.
#[derive(Debug)]
pub(super) struct Ignore {
    /// 1-based.
    line: u64,
    rule: String,
    pointer: Option<Vec<String>>,
    path: Option<GlobMatcher>,
    /// A file that it covers was checked.
    is_asked: bool,
    is_used: bool,
}

/// The JSON Schema of the file, which editors read.
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Written)
}

impl Config {
    /// Reads a file.
    ///
    /// Fails if it cannot be read or understood: the failure names line and column.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let shown = shown(path);
        let cannot = |error| Failure::read(format!("the configuration {shown}"), error);
        // Reading a pipe would wait for its writer.
        if system::metadata(path).is_ok_and(|metadata| metadata.kind() != Kind::File) {
            return Err(cannot(io::Error::other("it is not a file")));
        }
        let text = system::read_to_string(path).map_err(cannot)?;
        Reader {
            shown: &shown,
            lines: LineIndex::new(&text, PositionEncoding::Utf8),
        }
        .config(&text, folder_of(path))
    }

    /// A path as the patterns of this file see it: from its folder, with `/`.
    fn relative(&self, file: &Path) -> String {
        shown(file.strip_prefix(&self.folder).unwrap_or(file))
    }

    /// Whether a file of a folder is checked.
    pub(super) fn takes(&self, file: &Path) -> bool {
        let path = self.relative(file);
        (self.include.is_empty() || any(&self.include, &path)) && !any(&self.exclude, &path)
    }

    /// The files that it uses.
    pub(super) fn named(&self) -> impl Iterator<Item = &Path> {
        let named = self.known.iter().chain(&self.context).chain(&self.baseline);
        named.map(|named| named.path.as_path())
    }

    /// Whether it names a file as one to check.
    pub(super) fn includes(&self, file: &Path) -> bool {
        any(&self.include, &self.relative(file))
    }

    /// The overrides that cover a file.
    pub(super) fn overrides_of(&self, file: &Path) -> Vec<usize> {
        let path = self.relative(file);
        let is_about = |at: &usize| any(&self.overrides[*at].paths, &path);
        (0..self.overrides.len()).filter(is_about).collect()
    }

    /// Severities by rule, the later before the earlier.
    pub(super) fn levels(&self, overrides: &[usize]) -> impl Iterator<Item = &(String, Level)> {
        let overrides = overrides.iter().flat_map(|at| &self.overrides[*at].rules);
        self.rules.iter().chain(overrides)
    }

    /// Whether any finding may be ignored.
    pub(super) fn has_ignores(&self) -> bool {
        !self.ignores.is_empty()
    }

    /// The entries that cover a file.
    pub(super) fn ignores_of(&self, file: &Path) -> Vec<&Ignore> {
        let path = self.relative(file);
        let ignores = self.ignores.iter();
        ignores.filter(|ignore| ignore.is_about(&path)).collect()
    }

    /// Which findings of a file are ignored. Notes which entries are used; one of a rule that is
    /// off cannot be.
    pub(super) fn ignored(
        &mut self,
        file: &Path,
        is_on: impl Fn(&str) -> bool,
    ) -> impl FnMut(&Diagnostic) -> bool {
        let path = self.relative(file);
        let mut about: Vec<&mut Ignore> = self
            .ignores
            .iter_mut()
            .filter(|ignore| ignore.is_about(&path))
            .collect();
        for ignore in &mut about {
            ignore.is_asked |= is_on(&ignore.rule);
        }
        move |found| {
            let mut is_ignored = false;
            for ignore in &mut about {
                if ignore.matches(found) {
                    ignore.is_used = true;
                    is_ignored = true;
                }
            }
            is_ignored
        }
    }

    /// A warning for each entry that ignored nothing in the files that it covers.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> {
        self.ignores
            .iter()
            .filter(|ignore| ignore.is_asked && !ignore.is_used)
            .map(|ignore| {
                format!(
                    "{}:{}: this [[ignore]] of {} matches no finding; remove it",
                    self.shown, ignore.line, ignore.rule
                )
            })
    }
}

impl Ignore {
    fn is_about(&self, path: &str) -> bool {
        self.path.as_ref().is_none_or(|glob| glob.is_match(path))
    }

    pub(super) fn matches(&self, found: &Diagnostic) -> bool {
        self.rule == found.code
            && self
                .pointer
                .as_ref()
                .is_none_or(|pattern| pointer_matches(pattern, &tokens(&found.pointer)))
    }
}

/// The tokens of a JSON Pointer as they are written, escapes and all.
fn tokens(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(str::to_owned).collect()
}

/// Whether tokens fit a pattern. In time linear in the product of both.
fn pointer_matches(pattern: &[String], tokens: &[String]) -> bool {
    // Which lengths of `tokens` the pattern so far fits.
    let mut fits = vec![false; tokens.len() + 1];
    fits[0] = true;
    for part in pattern {
        let mut next = vec![false; tokens.len() + 1];
        if part == "**" {
            let first = fits.iter().position(|fit| *fit).unwrap_or(fits.len());
            next[first..].fill(true);
        } else {
            for (at, token) in tokens.iter().enumerate() {
                next[at + 1] = fits[at] && (part == "*" || part == token);
            }
        }
        fits = next;
    }
    fits[tokens.len()]
}

fn any(globs: &[GlobMatcher], path: &str) -> bool {
    globs.iter().any(|glob| glob.is_match(path))
}

/// Reads one file, and knows its lines.
struct Reader<'a> {
    shown: &'a str,
    lines: LineIndex<'a>,
}

impl Reader<'_> {
    fn fail(&self, offset: usize, what: &str) -> Failure {
        unusable(&self.place(offset), what)
    }

    fn place(&self, offset: usize) -> String {
        let place = self.lines.position(offset as u32);
        format!("{}:{}:{}", self.shown, place.line, place.column)
    }

    fn config(&self, text: &str, folder: &Path) -> Result<Config, Failure> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            self.fail(offset, &explained(error.message()))
        })?;
        let named = |path: Spanned<PathBuf>| Named {
            path: folder.join(path.get_ref()),
            place: self.place(path.span().start),
        };
        let all = |paths: Vec<Spanned<PathBuf>>| paths.into_iter().map(named).collect();
        Ok(Config {
            shown: self.shown.to_owned(),
            fail_on: written.fail_on,
            closed_world: written.closed_world,
            known: all(written.known),
            context: all(written.context),
            baseline: written.baseline.map(named),
            include: self.globs(&written.include)?,
            exclude: self.globs(&written.exclude)?,
            rules: self.levels(written.rules)?,
            overrides: written
                .overrides
                .into_iter()
                .map(|one| {
                    Ok(Override {
                        paths: self.globs(&one.paths)?,
                        rules: self.levels(one.rules)?,
                    })
                })
                .collect::<Result<_, Failure>>()?,
            ignores: written
                .ignore
                .into_iter()
                .map(|one| self.ignore(one))
                .collect::<Result<_, Failure>>()?,
            folder: absolute(folder),
        })
    }

    fn ignore(&self, written: WrittenIgnore) -> Result<Ignore, Failure> {
        let offset = written.rule.span().start;
        self.is_rule(&written.rule)?;
        if written.reason.get_ref().trim().is_empty() {
            let offset = written.reason.span().start;
            return Err(self.fail(offset, "say why: the reason is empty"));
        }
        if let Some(pointer) = &written.pointer
            && !matches!(pointer.get_ref().as_bytes(), [] | [b'/', ..])
        {
            let what = "a pointer begins with /, as in /reservations/*/preferred_code";
            return Err(self.fail(pointer.span().start, what));
        }
        Ok(Ignore {
            line: self.lines.position(offset as u32).line,
            pointer: written
                .pointer
                .as_ref()
                .map(|pointer| tokens(pointer.get_ref())),
            path: match &written.path {
                Some(path) => Some(self.glob(path)?),
                None => None,
            },
            rule: written.rule.into_inner(),
            is_asked: false,
            is_used: false,
        })
    }

    fn is_rule(&self, code: &Spanned<String>) -> Result<(), Failure> {
        rule(code.get_ref())
            .map(|_| ())
            .map_err(|error| self.fail(code.span().start, &error.to_string()))
    }

    fn levels(
        &self,
        written: BTreeMap<Spanned<String>, Level>,
    ) -> Result<Vec<(String, Level)>, Failure> {
        written
            .into_iter()
            .map(|(code, level)| {
                self.is_rule(&code)?;
                Ok((code.into_inner(), level))
            })
            .collect()
    }

    fn globs(&self, patterns: &[Spanned<String>]) -> Result<Vec<GlobMatcher>, Failure> {
        patterns.iter().map(|pattern| self.glob(pattern)).collect()
    }

    fn glob(&self, pattern: &Spanned<String>) -> Result<GlobMatcher, Failure> {
        GlobBuilder::new(pattern.get_ref())
            .literal_separator(true)
            .build()
            .map(|glob| glob.compile_matcher())
            .map_err(|error| self.fail(pattern.span().start, &error.to_string()))
    }
}

/// The parser's message, with the nearest word that it accepts.
fn explained(message: &str) -> String {
    let message = message.trim_end().replace('\n', "; ");
    let is_unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    // The first word in quotes is the unknown one, the others are the known ones.
    let mut words = message.split('`').skip(1).step_by(2);
    match words.next().filter(|_| is_unknown) {
        Some(word) => match nearest(word, words) {
            Some(known) => format!("{message}; did you mean `{}`?", known.word),
            None => message,
        },
        None => message,
    }
}

/// All configurations of a run.
#[derive(Debug)]
pub(super) struct Configs {
    /// The one that the command names; then no other is looked for.
    given: Option<usize>,
    is_isolated: bool,
    by_folder: BTreeMap<PathBuf, Option<usize>>,
    pub(super) all: Vec<Config>,
}

impl Configs {
    /// With the file that `--config` names; `--isolated` looks for none.
    pub(super) fn new(given: Option<&Path>, is_isolated: bool) -> Result<Self, Failure> {
        let all: Vec<Config> = given.map(Config::read).transpose()?.into_iter().collect();
        Ok(Self {
            given: given.map(|_| 0),
            is_isolated,
            by_folder: BTreeMap::new(),
            all,
        })
    }

    /// The configuration for a file, in [`Configs::all`]: the nearest upwards.
    pub(super) fn of(&mut self, file: &Path) -> Result<Option<usize>, Failure> {
        if self.given.is_some() || self.is_isolated {
            return Ok(self.given);
        }
        file.parent().map_or(Ok(None), |folder| self.above(folder))
    }

    fn above(&mut self, folder: &Path) -> Result<Option<usize>, Failure> {
        // Each folder is looked at once: the answer also holds for the folders below.
        let mut asked = Vec::new();
        let mut answer = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.by_folder.get(folder) {
                answer = *known;
                break;
            }
            asked.push(folder.to_path_buf());
            let path = folder.join(NAME);
            // Also if it is not a file, or a link to nothing: reading it fails then.
            if system::is_there(&path) {
                let here = system::current_folder();
                self.all
                    .push(Config::read(path.strip_prefix(here).unwrap_or(&path))?);
                answer = Some(self.all.len() - 1);
                break;
            }
        }
        for folder in asked {
            self.by_folder.insert(folder, answer);
        }
        Ok(answer)
    }
}
