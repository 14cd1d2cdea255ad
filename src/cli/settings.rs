//! How each file is checked, by the command line and `seamlint.toml`. Files with the same settings
//! share a linter.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use json_document::Document;

use super::arguments::Check;
use super::baseline::Baseline;
use super::config::{Config, Configs, NAME};
use super::failure::Failure;
use super::format::Format;
use super::input::InputFile;
use super::paths::{folder_of, shown};
use super::system::{self, absolute};
use crate::engine::baseline_key::Covers;
use crate::engine::linter::Linter;
use crate::engine::options::Options;
use crate::model::known::KnownKeys;
use crate::model::recognize::is_payload_object;
use crate::report::{Diagnostic, Report, Severity};
use crate::schema::CustomSchema;

/// How a file is checked.
#[derive(Debug)]
pub(super) struct FileSettings {
    /// The [`absolute`] path; of standard input, under the name it was given.
    file: PathBuf,
    /// In [`Configs::all`].
    config: Option<usize>,
    pub(super) linter: Arc<Linter>,
    /// The lowest severity that gives exit status 1.
    pub(super) fail_on: Severity,
    /// The configuration names it as one to check.
    pub(super) is_included: bool,
}

/// What all files of a folder share.
#[derive(Debug)]
struct Folder {
    /// As the paths of the files have it.
    shown: PathBuf,
    /// The [`absolute`] path.
    place: PathBuf,
    /// In [`Configs::all`].
    config: Option<usize>,
}

/// The settings of all files of a run.
#[derive(Debug)]
pub(super) struct Settings<'a> {
    arguments: &'a Check,
    configs: Configs,
    schema: Option<Arc<CustomSchema>>,
    /// The keys of existing resources, by the arguments.
    given: KnownKeys,
    /// By configuration, those that it adds.
    known: BTreeMap<usize, KnownKeys>,
    /// By configuration, its baseline. At `None`, the one that the arguments name, for all.
    baselines: BTreeMap<Option<usize>, Baseline>,
    /// By configuration and the overrides that apply.
    built: BTreeMap<(Option<usize>, Vec<usize>), Arc<Linter>>,
    /// The folder of the last file: most files follow others of their folder.
    folder: Option<Folder>,
}

impl<'a> Settings<'a> {
    /// Invalid arguments fail here, before any file is read.
    pub(super) fn new(arguments: &'a Check) -> Result<Self, Failure> {
        let schema = match &arguments.schema {
            Some(path) => Some(Arc::new(schema(path)?)),
            None => None,
        };
        let configs = Configs::new(arguments.config.as_deref(), arguments.isolated)?;
        let mut given = KnownKeys::new();
        for path in &arguments.known {
            add_known(&mut given, path)?;
        }
        for path in &arguments.context {
            add_context(&mut given, path)?;
        }
        let mut settings = Self {
            arguments,
            configs,
            schema,
            given,
            known: BTreeMap::new(),
            baselines: BTreeMap::new(),
            built: BTreeMap::new(),
            folder: None,
        };
        if let Some(path) = &arguments.write_baseline {
            let covers = covers(arguments);
            settings.baselines.insert(None, Baseline::new(path, covers));
        } else if let Some(path) = &arguments.baseline {
            settings.baselines.insert(None, Baseline::read(path)?);
        }
        settings.linter(None, Vec::new())?;
        Ok(settings)
    }

    /// How a file is checked; nothing if its configuration excludes it. `may_leave_out`: the user
    /// did not name it.
    pub(super) fn of(
        &mut self,
        path: &Path,
        may_leave_out: bool,
    ) -> Result<Option<FileSettings>, Failure> {
        let path = if path == Path::new("-") {
            Path::new(&self.arguments.stdin_filename)
        } else {
            path
        };
        let folder = self.folder(folder_of(path))?;
        let config = folder.config;
        let file = match path.file_name() {
            Some(name) => folder.place.join(name),
            None => absolute(path),
        };
        let (mut overrides, mut fail_on, mut is_included) = (Vec::new(), None, false);
        if let Some(at) = config {
            let config = &self.configs.all[at];
            if may_leave_out && !config.takes(&file) {
                return Ok(None);
            }
            if !self.arguments.as_set {
                overrides = config.overrides_of(&file);
            }
            fail_on = config.fail_on;
            is_included = config.includes(&file);
        }
        Ok(Some(FileSettings {
            file,
            config,
            is_included,
            linter: self.linter(config, overrides)?,
            fail_on: self
                .arguments
                .fail_on
                .or(fail_on)
                .unwrap_or(Severity::Warning),
        }))
    }

    /// Whether the arguments or the file's configuration use a file for something else than a payload.
    pub(super) fn names(&self, settings: &FileSettings) -> bool {
        let arguments = self.arguments;
        let given = arguments.known.iter().chain(&arguments.context);
        let given = given
            .chain(&arguments.baseline)
            .chain(&arguments.write_baseline);
        let config = settings.config.map(|at| &self.configs.all[at]);
        let named = config.into_iter().flat_map(Config::named);
        let mut paths = given
            .chain(&arguments.schema)
            .map(PathBuf::as_path)
            .chain(named);
        paths.any(|path| absolute(path) == settings.file)
    }

    /// What the files of a folder share.
    fn folder(&mut self, folder: &Path) -> Result<&Folder, Failure> {
        let known = self.folder.take();
        let known = known.filter(|known| known.shown.as_os_str() == folder.as_os_str());
        let folder = if let Some(known) = known {
            known
        } else {
            let place = absolute(folder);
            // Findings across files belong to no single file: a set has one configuration.
            let config = if self.arguments.as_set {
                self.configs.of(&absolute(Path::new(NAME)))?
            } else {
                self.configs.of(&place.join(NAME))?
            };
            Folder {
                shown: folder.to_path_buf(),
                place,
                config,
            }
        };
        Ok(self.folder.insert(folder))
    }

    fn linter(
        &mut self,
        config: Option<usize>,
        overrides: Vec<usize>,
    ) -> Result<Arc<Linter>, Failure> {
        let key = (config, overrides);
        if let Some(linter) = self.built.get(&key) {
            return Ok(Arc::clone(linter));
        }
        let arguments = self.arguments;
        let baseline = self.baseline_of(config)?.map(|baseline| baseline.covers);
        let has_fingerprints = arguments.formats().any(Format::has_fingerprints);
        let known = match config {
            Some(at) => self.known_of(at)?.clone(),
            None => self.given.clone(),
        };
        let config = config.map(|at| &self.configs.all[at]);
        let mut options = Options {
            redact: arguments.redact,
            known,
            closed_world: arguments.closed_world || config.is_some_and(|one| one.closed_world),
            now: arguments.now.clone(),
            max_per_code: self.max_per_code(),
            schema: self.schema.clone(),
            keys: baseline.or_else(|| has_fingerprints.then(|| covers(arguments))),
            ..Options::default()
        };
        let levels = config.into_iter().flat_map(|config| config.levels(&key.1));
        for (code, level) in levels.chain(&arguments.rules) {
            options.levels.push((code.clone(), *level));
        }
        if baseline.is_some() || config.is_some_and(Config::has_ignores) {
            // Suppressed findings are removed before the limit applies to the rest.
            options.max_per_code = None;
        }
        let linter = Arc::new(Linter::with_options(options)?);
        self.built.insert(key, Arc::clone(&linter));
        Ok(linter)
    }

    /// The keys of existing resources for files of a configuration.
    fn known_of(&mut self, config: usize) -> Result<&KnownKeys, Failure> {
        match self.known.entry(config) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let config = &self.configs.all[config];
                let mut known = self.given.clone();
                for named in &config.known {
                    named.read(|path| add_known(&mut known, path))?;
                }
                for named in &config.context {
                    named.read(|path| add_context(&mut known, path))?;
                }
                Ok(entry.insert(known))
            }
        }
    }

    /// The key in [`Settings::baselines`] for files of a configuration.
    fn baseline_key(&self, config: Option<usize>) -> Option<usize> {
        config.filter(|_| !self.baselines.contains_key(&None))
    }

    /// The baseline for files of a configuration.
    fn baseline_of(&mut self, config: Option<usize>) -> Result<Option<&mut Baseline>, Failure> {
        let key = self.baseline_key(config);
        if let (Some(at), false) = (key, self.baselines.contains_key(&key))
            && let Some(named) = &self.configs.all[at].baseline
        {
            self.baselines.insert(key, named.read(Baseline::read)?);
        }
        Ok(self.baselines.get_mut(&key))
    }

    /// How many findings of a code are listed for a file.
    pub(super) fn max_per_code(&self) -> Option<usize> {
        Some(self.arguments.max_per_code).filter(|limit| *limit > 0)
    }

    /// Removes the findings that the configuration ignores from a report, and then those of the
    /// baseline.
    pub(super) fn suppress(&mut self, settings: &FileSettings, report: &mut Report<'_>) {
        let key = self.baseline_key(settings.config);
        let mut ignored = settings
            .config
            .map(|at| &mut self.configs.all[at])
            .filter(|config| config.has_ignores())
            .map(|config| config.ignored(&settings.file, |code| settings.linter.is_on(code)));
        let mut known = self
            .baselines
            .get_mut(&key)
            .map(|baseline| baseline.takes(&settings.file));
        if ignored.is_some() || known.is_some() {
            report.suppress(|found| {
                ignored.as_mut().is_some_and(|is_ignored| is_ignored(found))
                    || known.as_mut().is_some_and(|is_known| is_known(found))
            });
        }
    }

    /// How many findings baselines suppressed.
    pub(super) fn known_findings(&self) -> usize {
        self.baselines.values().map(|baseline| baseline.count).sum()
    }

    /// Writes the new baseline, if there is one and everything could be checked.
    pub(super) fn write_baseline(&mut self, is_whole: bool) -> Result<(), Failure> {
        let Some(path) = &self.arguments.write_baseline else {
            return Ok(());
        };
        match self.baselines.remove(&None) {
            Some(baseline) if is_whole => baseline.write(),
            _ => {
                let path = shown(path);
                Err(Failure::PartialBaseline { path })
            }
        }
    }

    /// Whether the file's configuration ignores a finding: then it is not fixed either.
    pub(super) fn is_suppressed(
        &self,
        settings: &FileSettings,
    ) -> impl Fn(&Diagnostic) -> bool + use<'_> {
        let config = settings.config.map(|at| &self.configs.all[at]);
        let ignores = config.map(|config| config.ignores_of(&settings.file));
        move |found| {
            let ignores = ignores.as_deref().unwrap_or_default();
            ignores.iter().any(|ignore| ignore.matches(found))
        }
    }

    /// A warning for each entry of a configuration that ignored nothing, and for each baseline
    /// whose findings are gone.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> {
        let notes = self.baselines.values().filter_map(Baseline::note);
        self.configs
            .all
            .iter()
            .flat_map(Config::unused)
            .chain(notes)
    }
}

/// What keys cover if there is no baseline.
fn covers(arguments: &Check) -> Covers {
    if arguments.redact {
        Covers::Places
    } else {
        Covers::Values
    }
}

/// Adds the keys of a file that `seamlint keys` has written.
fn add_known(known: &mut KnownKeys, path: &Path) -> Result<(), Failure> {
    let what = || format!("the known keys {}", shown(path));
    let text = system::read_to_string(path).map_err(|error| Failure::read(what(), error))?;
    let keys = KnownKeys::from_json(&text).map_err(|error| {
        Failure::unusable(
            what(),
            if is_payload_object(&Document::parse(&text)) {
                "it is a payload; use --context for payloads".to_owned()
            } else {
                error.to_string()
            },
        )
    })?;
    known.extend(keys);
    Ok(())
}

/// Adds the keys of a file of payloads.
fn add_context(known: &mut KnownKeys, path: &Path) -> Result<(), Failure> {
    let input = InputFile::open(path)
        .map_err(|error| Failure::read(format!("the context {}", shown(path)), error))?;
    input.add_to(known)
}

fn schema(path: &Path) -> Result<CustomSchema, Failure> {
    let what = || format!("the schema {}", shown(path));
    let text = system::read_to_string(path).map_err(|error| Failure::read(what(), error))?;
    if is_payload_object(&Document::parse(&text)) {
        return Err(Failure::unusable(what(), "it is a payload, and no schema"));
    }
    CustomSchema::parse(&text).map_err(|error| Failure::unusable(what(), error))
}
