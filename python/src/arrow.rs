//! Arrow columns of payloads in, columns of findings out. The text of a payload is read where it is.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, FixedSizeBinaryBuilder, Int32Builder, Int64Builder, StringBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, ListArray, RecordBatch, RecordBatchReader, StringArray,
    StructArray, UInt32Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields, Schema, SchemaRef};
use arrow_select::take::take;
use seamlint::faces::output::audit::{self, Row};
use seamlint::{Applicability, Linter};

type Result<T> = std::result::Result<T, ArrowError>;

/// The texts of a column.
enum Texts<'a> {
    Utf8(&'a StringArray),
    LargeUtf8(&'a arrow_array::LargeStringArray),
    Utf8View(&'a arrow_array::StringViewArray),
    Binary(&'a arrow_array::BinaryArray),
    LargeBinary(&'a arrow_array::LargeBinaryArray),
    BinaryView(&'a arrow_array::BinaryViewArray),
    /// A column without any value has the type of nothing.
    Null,
}

impl<'a> Texts<'a> {
    fn of(array: &'a dyn Array) -> Result<Self> {
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Utf8(array.as_string()),
            DataType::LargeUtf8 => Self::LargeUtf8(array.as_string()),
            DataType::Utf8View => Self::Utf8View(array.as_string_view()),
            DataType::Binary => Self::Binary(array.as_binary()),
            DataType::LargeBinary => Self::LargeBinary(array.as_binary()),
            DataType::BinaryView => Self::BinaryView(array.as_binary_view()),
            DataType::Null => Self::Null,
            other => return Err(not_texts(other)),
        })
    }

    /// The text of a row, unless it is null.
    fn get(&self, row: usize) -> Option<&'a [u8]> {
        match self {
            Self::Utf8(array) => array.is_valid(row).then(|| array.value(row).as_bytes()),
            Self::LargeUtf8(array) => array.is_valid(row).then(|| array.value(row).as_bytes()),
            Self::Utf8View(array) => array.is_valid(row).then(|| array.value(row).as_bytes()),
            Self::Binary(array) => array.is_valid(row).then(|| array.value(row)),
            Self::LargeBinary(array) => array.is_valid(row).then(|| array.value(row)),
            Self::BinaryView(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Null => None,
        }
    }
}

fn not_texts(other: &DataType) -> ArrowError {
    ArrowError::InvalidArgumentError(format!(
        "a column of strings or bytes was expected, not {other}"
    ))
}

/// Whether a column holds texts, or a dictionary of them.
fn check_texts(data_type: &DataType) -> Result<()> {
    match data_type {
        DataType::Dictionary(_, values) => check_texts(values),
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::Null => Ok(()),
        other => Err(not_texts(other)),
    }
}

/// A column whose values stand for themselves.
fn plain(array: &ArrayRef) -> Result<ArrayRef> {
    match array.data_type() {
        DataType::Dictionary(_, values) => cast(array, values),
        _ => Ok(Arc::clone(array)),
    }
}

/// A column of strings has at most 2 GiB.
fn too_large() -> ArrowError {
    let reason = "the findings take more than 2 GiB: pass chunks with fewer rows";
    ArrowError::InvalidArgumentError(reason.to_owned())
}

/// With so many rows, or bytes of messages, a batch of an audit is given away: a log takes no more memory than a part of it.
const BATCH_ROWS: usize = 1 << 16;
const BATCH_BYTES: usize = 1 << 23;

/// The columns of findings while they grow.
struct Findings {
    ordinal: Int32Builder,
    code: StringBuilder,
    severity: StringBuilder,
    resource_kind: StringBuilder,
    resource_key: StringBuilder,
    pointer: StringBuilder,
    member: StringBuilder,
    message: StringBuilder,
    help: StringBuilder,
    offset_start: Int64Builder,
    offset_end: Int64Builder,
    line: Int32Builder,
    column: Int32Builder,
    fix_safety: StringBuilder,
    fingerprint: FixedSizeBinaryBuilder,
    related_pointer: StringBuilder,
}

/// The columns whose values repeat: dictionaries in a flat table.
const REPEATED: [&str; 7] = [
    "code",
    "severity",
    "resource_kind",
    "fix_safety",
    "seamlint",
    "schema",
    "iana",
];

impl Findings {
    fn new() -> Self {
        Self {
            ordinal: Int32Builder::new(),
            code: StringBuilder::new(),
            severity: StringBuilder::new(),
            resource_kind: StringBuilder::new(),
            resource_key: StringBuilder::new(),
            pointer: StringBuilder::new(),
            member: StringBuilder::new(),
            message: StringBuilder::new(),
            help: StringBuilder::new(),
            offset_start: Int64Builder::new(),
            offset_end: Int64Builder::new(),
            line: Int32Builder::new(),
            column: Int32Builder::new(),
            fix_safety: StringBuilder::new(),
            fingerprint: FixedSizeBinaryBuilder::new(16),
            related_pointer: StringBuilder::new(),
        }
    }

    fn fields() -> Fields {
        let text = |name| Field::new(name, DataType::Utf8, true);
        let number = |name, data_type| Field::new(name, data_type, true);
        Fields::from(vec![
            number("ordinal", DataType::Int32),
            text("code"),
            text("severity"),
            text("resource_kind"),
            text("resource_key"),
            text("pointer"),
            text("member"),
            text("message"),
            text("help"),
            number("offset_start", DataType::Int64),
            number("offset_end", DataType::Int64),
            number("line", DataType::Int32),
            number("column", DataType::Int32),
            text("fix_safety"),
            number("fingerprint", DataType::FixedSizeBinary(16)),
            text("related_pointer"),
            text("seamlint"),
            text("schema"),
            text("iana"),
        ])
    }

    /// The findings of a text; gives how many there are.
    fn add(&mut self, linter: &Linter, text: &[u8]) -> Result<usize> {
        let report = linter.check_bytes(text);
        let rows = audit::rows(&report);
        let count = rows.len();
        for (ordinal, row) in (0..).zip(rows) {
            self.add_row(ordinal, &row)?;
        }
        Ok(count)
    }

    fn add_row(&mut self, ordinal: i32, row: &Row<'_>) -> Result<()> {
        let (start, end) = (row.range.start, row.range.end);
        let severity = row.severity.to_string();
        let fix_safety = row.fix_safety.map(|safety| match safety {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        });
        for (column, text) in [
            (&mut self.code, Some(row.code)),
            (&mut self.severity, Some(&*severity)),
            (&mut self.resource_kind, row.resource_kind),
            (&mut self.resource_key, row.resource_key),
            (&mut self.pointer, Some(row.pointer)),
            (&mut self.member, row.member),
            (&mut self.message, Some(row.message)),
            (&mut self.help, row.help),
            (&mut self.fix_safety, fix_safety),
            (&mut self.related_pointer, row.related_pointer),
        ] {
            let length = column.values_slice().len() + text.map_or(0, str::len);
            if i32::try_from(length).is_err() {
                return Err(too_large());
            }
            column.append_option(text);
        }
        self.ordinal.append_value(ordinal);
        self.offset_start.append_value(start.offset.cast_signed());
        self.offset_end.append_value(end.offset.cast_signed());
        // One payload is checked, of less than 4 GiB.
        self.line.append_value(start.line as i32);
        self.column.append_value(start.column.cast_signed());
        match row.fingerprint {
            Some(bits) => self.fingerprint.append_value(bits)?,
            None => self.fingerprint.append_null(),
        }
        Ok(())
    }

    /// Whether it is enough for a batch.
    fn is_full(&self) -> bool {
        self.ordinal.len() >= BATCH_ROWS || self.message.values_slice().len() >= BATCH_BYTES
    }

    /// A row that says nothing: there is no text.
    fn add_nothing(&mut self) {
        self.ordinal.append_null();
        self.offset_start.append_null();
        self.offset_end.append_null();
        self.line.append_null();
        self.column.append_null();
        self.fingerprint.append_null();
        for column in [
            &mut self.code,
            &mut self.severity,
            &mut self.resource_kind,
            &mut self.resource_key,
            &mut self.pointer,
            &mut self.member,
            &mut self.message,
            &mut self.help,
            &mut self.fix_safety,
            &mut self.related_pointer,
        ] {
            column.append_null();
        }
    }

    fn finish(mut self) -> Result<Vec<ArrayRef>> {
        let ordinal = self.ordinal.finish();
        let count = ordinal.len();
        let version = |text: &str| -> Result<ArrayRef> {
            if i32::try_from(text.len().saturating_mul(count)).is_err() {
                return Err(too_large());
            }
            let texts = std::iter::repeat_n(text, count);
            Ok(Arc::new(StringArray::from_iter_values(texts)))
        };
        Ok(vec![
            Arc::new(ordinal),
            Arc::new(self.code.finish()),
            Arc::new(self.severity.finish()),
            Arc::new(self.resource_kind.finish()),
            Arc::new(self.resource_key.finish()),
            Arc::new(self.pointer.finish()),
            Arc::new(self.member.finish()),
            Arc::new(self.message.finish()),
            Arc::new(self.help.finish()),
            Arc::new(self.offset_start.finish()),
            Arc::new(self.offset_end.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.column.finish()),
            Arc::new(self.fix_safety.finish()),
            Arc::new(self.fingerprint.finish()),
            Arc::new(self.related_pointer.finish()),
            version(env!("CARGO_PKG_VERSION"))?,
            version(seamlint::PUSH_DATA_SCHEMA_VERSION)?,
            version(seamlint::time_zone_data())?,
        ])
    }
}

/// The type of [`findings`].
pub(crate) fn findings_field() -> FieldRef {
    let item = Field::new("item", DataType::Struct(Findings::fields()), false);
    Arc::new(Field::new("findings", DataType::List(Arc::new(item)), true))
}

/// The findings of each text as a list; null for null.
pub(crate) fn findings(linter: &Linter, column: &ArrayRef) -> Result<ArrayRef> {
    let column = plain(column)?;
    let texts = Texts::of(&column)?;
    let mut found = Findings::new();
    let mut counts = Vec::with_capacity(column.len());
    let mut is_valid = Vec::with_capacity(column.len());
    for row in 0..column.len() {
        let text = texts.get(row);
        is_valid.push(text.is_some());
        counts.push(match text {
            Some(text) => found.add(linter, text)?,
            None => 0,
        });
    }
    let columns = found.finish()?;
    let fields = Findings::fields();
    let item = Field::new("item", DataType::Struct(fields.clone()), false);
    Ok(Arc::new(ListArray::try_new(
        Arc::new(item),
        OffsetBuffer::from_lengths(counts),
        Arc::new(StructArray::try_new(fields, columns, None)?),
        Some(NullBuffer::from(is_valid)),
    )?))
}

fn verdict_fields() -> Fields {
    Fields::from(vec![
        Field::new("ok", DataType::Boolean, true),
        Field::new("errors", DataType::Int32, true),
        Field::new("warnings", DataType::Int32, true),
        Field::new("infos", DataType::Int32, true),
        Field::new("not_listed", DataType::Int32, true),
        Field::new("first_code", DataType::Utf8, true),
        Field::new("customer_key", DataType::Utf8, true),
        Field::new("bytes", DataType::Int64, true),
    ])
}

/// The type of [`verdicts`].
pub(crate) fn verdicts_field() -> FieldRef {
    let data_type = DataType::Struct(verdict_fields());
    Arc::new(Field::new("verdicts", data_type, true))
}

/// What is to be said of each text as a whole; null for null.
pub(crate) fn verdicts(linter: &Linter, column: &ArrayRef) -> Result<ArrayRef> {
    let column = plain(column)?;
    let texts = Texts::of(&column)?;
    let mut ok = BooleanBuilder::new();
    let mut counts = [(); 4].map(|()| Int32Builder::new());
    let (mut first_code, mut customer_key) = (StringBuilder::new(), StringBuilder::new());
    let mut bytes = Int64Builder::new();
    let mut is_valid = Vec::with_capacity(column.len());
    for row in 0..column.len() {
        let text = texts.get(row);
        is_valid.push(text.is_some());
        let Some(text) = text else {
            ok.append_null();
            counts.iter_mut().for_each(Int32Builder::append_null);
            first_code.append_null();
            customer_key.append_null();
            bytes.append_null();
            continue;
        };
        let report = linter.check_bytes(text);
        let verdict = audit::verdict(&report);
        ok.append_value(verdict.ok);
        let all = [
            verdict.errors,
            verdict.warnings,
            verdict.infos,
            verdict.not_listed,
        ];
        for (column, count) in counts.iter_mut().zip(all) {
            column.append_value(i32::try_from(count).unwrap_or(i32::MAX));
        }
        first_code.append_option(verdict.first_code);
        customer_key.append_option(verdict.customer_key);
        bytes.append_value(i64::try_from(text.len()).unwrap_or(i64::MAX));
    }
    let mut columns: Vec<ArrayRef> = vec![Arc::new(ok.finish())];
    for mut column in counts {
        columns.push(Arc::new(column.finish()));
    }
    columns.push(Arc::new(first_code.finish()));
    columns.push(Arc::new(customer_key.finish()));
    columns.push(Arc::new(bytes.finish()));
    let is_valid = Some(NullBuffer::from(is_valid));
    Ok(Arc::new(StructArray::try_new(
        verdict_fields(),
        columns,
        is_valid,
    )?))
}

/// Reads batches, and gives batches of findings: a row for a finding, and one that says nothing for a null.
pub(crate) struct Audit {
    linter: Arc<Linter>,
    batches: Box<dyn RecordBatchReader + Send>,
    body: usize,
    keep: Vec<usize>,
    schema: SchemaRef,
    /// A batch that is not done, with the row to go on with.
    rest: Option<(RecordBatch, usize)>,
}

impl Audit {
    pub(crate) fn new(
        linter: Arc<Linter>,
        batches: Box<dyn RecordBatchReader + Send>,
        body: &str,
        keep: &[String],
    ) -> Result<Self> {
        let given = batches.schema();
        let body = given.index_of(body)?;
        check_texts(given.field(body).data_type())?;
        let keep: Vec<usize> = keep
            .iter()
            .map(|name| given.index_of(name))
            .collect::<Result<_>>()?;
        let mut fields: Vec<FieldRef> = keep
            .iter()
            .map(|at| Arc::clone(&given.fields()[*at]))
            .collect();
        for field in &Findings::fields() {
            if fields.iter().any(|kept| kept.name() == field.name()) {
                return Err(ArrowError::InvalidArgumentError(format!(
                    "keep has {:?}, which is a column of findings: rename yours",
                    field.name()
                )));
            }
            fields.push(Arc::new(Field::new(field.name(), flat_type(field), true)));
        }
        Ok(Self {
            linter,
            batches,
            body,
            keep,
            schema: Arc::new(Schema::new(fields)),
            rest: None,
        })
    }

    /// The findings of the rows of a batch from one on, and the row to go on with, if any is left.
    fn audit(&self, batch: &RecordBatch, first: usize) -> Result<(RecordBatch, Option<usize>)> {
        let column = plain(batch.column(self.body))?;
        let texts = Texts::of(&column)?;
        let mut found = Findings::new();
        let mut rows: Vec<u32> = Vec::new();
        let mut next = first;
        while next < column.len() && !found.is_full() {
            let count = if let Some(text) = texts.get(next) {
                found.add(&self.linter, text)?
            } else {
                found.add_nothing();
                1
            };
            rows.extend(std::iter::repeat_n(next as u32, count));
            next += 1;
        }
        let rows = UInt32Array::from(rows);
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        for at in &self.keep {
            columns.push(take(batch.column(*at), &rows, None)?);
        }
        for (field, column) in Findings::fields().iter().zip(found.finish()?) {
            let is_repeated = REPEATED.contains(&field.name().as_str());
            columns.push(if is_repeated {
                dictionary(&column)
            } else {
                column
            });
        }
        let found = RecordBatch::try_new(Arc::clone(&self.schema), columns)?;
        Ok((found, (next < column.len()).then_some(next)))
    }
}

fn flat_type(field: &Field) -> DataType {
    if REPEATED.contains(&field.name().as_str()) {
        DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
    } else {
        field.data_type().clone()
    }
}

/// The same texts, each once. They are few, and in the order of their first.
fn dictionary(column: &ArrayRef) -> ArrayRef {
    let texts: &StringArray = column.as_string();
    let dictionary: DictionaryArray<Int32Type> = texts.iter().collect();
    Arc::new(dictionary)
}

impl Iterator for Audit {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let (batch, first) = match self.rest.take() {
            Some(rest) => rest,
            None => match self.batches.next()? {
                Ok(batch) => (batch, 0),
                Err(error) => return Some(Err(error)),
            },
        };
        let found = self.audit(&batch, first).map(|(found, next)| {
            self.rest = next.map(|next| (batch, next));
            found
        });
        Some(found)
    }
}

impl RecordBatchReader for Audit {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
