//! The extension module `seamlint._native`: bytes in, the JSON report out. `python/package` makes Python objects of it.
//!
//! Each function works without the lock of the interpreter, on bytes that cannot change.

#![expect(
    clippy::needless_pass_by_value,
    reason = "PyO3 makes arguments anew, and gives them away"
)]

mod arrow;

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{ArrowError, FieldRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3_arrow::input::{AnyArray, AnyRecordBatch};
use pyo3_arrow::{PyArray, PyChunkedArray, PyRecordBatchReader};
use seamlint::faces::output::{Checked, audit, catalogue, json};
use seamlint::faces::refusal;
use seamlint::{Applicability, KnownKeys, Level, Linter, Options, Report, Severity};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as NameError;

/// A report in JSON, and why the payload would be refused at `error`, `warning` and `info`.
type Judged = (String, [Option<String>; 3]);

/// Checks payloads.
#[pyclass(frozen, module = "seamlint._native", name = "Linter")]
struct NativeLinter {
    payloads: Arc<Linter>,
    /// One resource alone has nothing that its references could name, unless the options say more.
    resources: Arc<Linter>,
    /// Keeps values out, unless the options say otherwise.
    audits: Arc<Linter>,
}

#[pymethods]
impl NativeLinter {
    /// Takes severities by code, the texts of known keys, payloads whose resources exist, and the options.
    #[new]
    #[pyo3(signature = (rules, known, context, closed_world, redact, now, max_per_code))]
    fn new(
        rules: Vec<(String, String)>,
        known: Vec<String>,
        context: Vec<PyBackedBytes>,
        closed_world: bool,
        redact: Option<bool>,
        now: Option<String>,
        max_per_code: Option<usize>,
    ) -> PyResult<Self> {
        let mut options = Options::default();
        options.closed_world = closed_world;
        options.redact = redact.unwrap_or(false);
        options.now = now;
        options.max_per_code = max_per_code;
        for (code, level) in rules {
            let level = level_of(&level)
                .map_err(|error| PyValueError::new_err(format!("rules[{code:?}]: {error}")))?;
            options.levels.push((code, level));
        }
        for text in &known {
            options
                .known
                .extend(KnownKeys::from_json(text).map_err(value_error)?);
        }
        for payload in &context {
            options.known.add_payload(utf8(payload)?);
        }
        let mut of_audits = options.clone();
        of_audits.redact = redact.unwrap_or(true);
        let mut of_resources = None;
        if known.is_empty() && context.is_empty() && !closed_world {
            let mut options = options.clone();
            let off = ("dangling-reference".to_owned(), Level::Off);
            options.levels.insert(0, off);
            of_resources = Some(Linter::with_options(options).map_err(value_error)?);
        }
        let payloads = Arc::new(Linter::with_options(options).map_err(value_error)?);
        Ok(Self {
            resources: of_resources.map_or_else(|| Arc::clone(&payloads), Arc::new),
            payloads,
            audits: Arc::new(audit::linter(of_audits).map_err(value_error)?),
        })
    }

    /// Checks a payload.
    fn check(&self, py: Python<'_>, payload: &[u8]) -> PyResult<Judged> {
        py.detach(|| judged(&[named("", self.payloads.check_bytes(payload))]))
    }

    /// Checks one resource of a collection.
    fn check_resource(
        &self,
        py: Python<'_>,
        collection: &str,
        resource: &[u8],
    ) -> PyResult<Judged> {
        py.detach(|| {
            let report = self
                .resources
                .check_resource(collection, utf8(resource)?)
                .map_err(value_error)?;
            judged(&[named("", report)])
        })
    }

    /// Checks payloads by name, those of one customer as one.
    fn check_set(
        &self,
        py: Python<'_>,
        payloads: Vec<(String, PyBackedBytes)>,
    ) -> PyResult<Judged> {
        py.detach(|| {
            let files: Vec<(&str, &[u8])> = payloads
                .iter()
                .map(|(name, bytes)| (name.as_str(), &**bytes))
                .collect();
            let reports = self.payloads.check_set(&files).into_iter();
            let names = files.iter().map(|(name, _)| *name);
            let checked: Vec<_> = names
                .zip(reports)
                .map(|(name, report)| named(name, report))
                .collect();
            judged(&checked)
        })
    }

    /// Checks JSON Lines.
    fn check_lines(&self, py: Python<'_>, lines: &[u8]) -> PyResult<Judged> {
        py.detach(|| judged(&[named("", self.payloads.check_lines(lines))]))
    }

    /// Fixes a payload, JSON Lines, or a resource of a collection. Returns JSON, and what is said of the report in it.
    #[pyo3(signature = (text, with_unsafe, collection, is_lines))]
    fn fix(
        &self,
        py: Python<'_>,
        text: &[u8],
        with_unsafe: bool,
        collection: Option<&str>,
        is_lines: bool,
    ) -> PyResult<Judged> {
        let limit = if with_unsafe {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        py.detach(|| {
            let text = utf8(text)?;
            let fixed = match collection {
                Some(collection) => self
                    .resources
                    .fix_resource(collection, text, limit)
                    .map_err(value_error)?,
                None if is_lines => self.payloads.fix_lines(text, limit),
                None => self.payloads.fix(text, limit),
            };
            let json = serde_json::to_string(&json::fixed(&fixed)).map_err(value_error)?;
            Ok((json, refusals(&[named("", fixed.report)])))
        })
    }

    /// The findings of each text of an Arrow column, a list each.
    fn findings(&self, py: Python<'_>, column: AnyArray) -> PyResult<Columns> {
        py.detach(|| {
            columns(column, arrow::findings_field(), &|texts| {
                arrow::findings(&self.audits, texts)
            })
        })
    }

    /// What is to be said of each text of an Arrow column as a whole.
    fn verdicts(&self, py: Python<'_>, column: AnyArray) -> PyResult<Columns> {
        py.detach(|| {
            columns(column, arrow::verdicts_field(), &|texts| {
                arrow::verdicts(&self.audits, texts)
            })
        })
    }

    /// The findings of the texts in batches, a row each.
    fn audit(
        &self,
        batches: AnyRecordBatch,
        body: &str,
        keep: Vec<String>,
    ) -> PyResult<PyRecordBatchReader> {
        let linter = Arc::clone(&self.audits);
        let audit = arrow::Audit::new(linter, batches.into_reader()?, body, &keep);
        Ok(PyRecordBatchReader::new(Box::new(
            audit.map_err(value_error)?,
        )))
    }
}

/// An array for an array, and chunks for chunks.
#[derive(IntoPyObject)]
enum Columns {
    One(PyArray),
    Chunks(PyChunkedArray),
}

fn columns(
    column: AnyArray,
    field: FieldRef,
    work: &dyn Fn(&ArrayRef) -> Result<ArrayRef, ArrowError>,
) -> PyResult<Columns> {
    match column {
        AnyArray::Array(array) => {
            let found = work(array.array()).map_err(value_error)?;
            Ok(Columns::One(PyArray::new(found, field)))
        }
        AnyArray::Stream(stream) => {
            let chunks: Result<Vec<ArrayRef>, ArrowError> =
                stream.into_reader()?.map(|chunk| work(&chunk?)).collect();
            let chunks = chunks.map_err(value_error)?;
            Ok(Columns::Chunks(PyChunkedArray::try_new(chunks, field)?))
        }
    }
}

/// The own keys of every resource in payloads, as JSON.
#[pyfunction]
fn keys(py: Python<'_>, payloads: Vec<PyBackedBytes>) -> PyResult<String> {
    py.detach(|| {
        let mut known = KnownKeys::new();
        for payload in &payloads {
            known.add_payload(utf8(payload)?);
        }
        Ok(known.to_json())
    })
}

/// All rules, as JSON.
#[pyfunction]
fn rules() -> String {
    catalogue::json()
}

/// The documentation of a rule.
#[pyfunction]
fn explain(code: &str) -> PyResult<String> {
    let rule = seamlint::rule(code).map_err(value_error)?;
    Ok(catalogue::explain(rule))
}

/// The JSON Schema of a payload.
#[pyfunction]
fn schema() -> &'static str {
    seamlint::PUSH_DATA_SCHEMA
}

fn named<'a>(name: &str, report: Report<'a>) -> Checked<'a> {
    Checked::new(name.to_owned(), report)
}

fn judged(files: &[Checked<'_>]) -> PyResult<Judged> {
    let mut out = Vec::new();
    json::write(&mut out, files)?;
    let json = String::from_utf8(out).map_err(value_error)?;
    Ok((json, refusals(files)))
}

fn refusals(files: &[Checked<'_>]) -> [Option<String>; 3] {
    [Severity::Error, Severity::Warning, Severity::Info].map(|limit| {
        let of_file = |file: &Checked<'_>| {
            let refusal = refusal(&file.report, limit)?;
            Some(match file.path.as_str() {
                "" => refusal,
                path => format!("{path}: {refusal}"),
            })
        };
        let all: Vec<String> = files.iter().filter_map(of_file).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    })
}

fn level_of(name: &str) -> Result<Level, NameError> {
    Level::deserialize(name.into_deserializer())
}

fn utf8(bytes: &[u8]) -> PyResult<&str> {
    std::str::from_utf8(bytes)
        .map_err(|error| PyValueError::new_err(format!("the text is not UTF-8: {error}")))
}

fn value_error(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The extension module.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::{NativeLinter, explain, keys, rules, schema};

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    #[pymodule_export]
    const SCHEMA_VERSION: &str = seamlint::PUSH_DATA_SCHEMA_VERSION;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("TIME_ZONE_DATA", seamlint::time_zone_data())
    }
}
