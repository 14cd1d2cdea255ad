//! Repair by the cheapest edit: reads a text as far as it is JSON, and where it is not, tries edits
//! and goes on with the one after which reading goes on best.

use crate::node::Span;
use crate::repair::candidate::{Candidate, Step, Stop};
use crate::repair::doubt;
use crate::repair::edit::{Edit, EditMap, apply};
use crate::repair::lexer::{Lexeme, Lexer, Sink, Token, junk_end};
use crate::repair::reader::{Checkpoint, Reader, State, WRITTEN};
use crate::repair::slip::Slip;
use crate::scan::{is_whitespace, trim_end, trim_start};
use crate::sort::sort_by_key;
use crate::syntax_error::{Certainty, MAX_SYNTAX_ERRORS, Reading, SyntaxErrorKind};
use crate::vocabulary::Vocabulary;

/// How far behind a stop and its edits a candidate is judged, in bytes.
const LOOK_AHEAD: usize = 480;
/// How long a token at a stop may be, in bytes.
const LONGEST_TOKEN: usize = 4096;
/// How far behind a stop a candidate is judged, in tokens.
const MAX_TOKENS: usize = 56;
/// How many tokens as they should be, behind a stop, say that its repair is right, whatever follows.
const CLEAN_TOKENS: usize = 5;
/// How many tokens before a stop may be edited, and how many bytes before it they may be.
const WINDOW: usize = 44;
const WINDOW_BYTES: usize = 1200;
/// How many places that looked unlike what was expected are kept, and how far back they may be.
const MAX_SITES: usize = 4;
const SITE_BYTES: usize = 16 << 10;
/// By how much the second best candidate has to be worse for the best one to be certain.
const CERTAIN_MARGIN: u32 = 12;
/// The price of a second edit, beside its own.
const SECOND_EDIT: u32 = 12;
/// How many candidates are followed to the stop after the next.
const MAX_FOLLOWED: usize = 10;
/// The price of closing all that is open before the next text.
const BETWEEN_TEXTS: u32 = 8;
/// The price of what is read as a token of another notation, in tenths of a usual edit.
const FOREIGN: u32 = 12;
/// How many tokens are read for a text in all: some, and for each byte.
const BUDGET: usize = 40_000;
/// How many tokens are read for one stop, at most and at least.
const BUDGET_PER_STOP: usize = 40_000;
const MIN_BUDGET_PER_STOP: usize = 64;
/// The window where little of the budget is left.
const SMALL_WINDOW: usize = 3;
/// After how many stops the rest of a text is not read: what makes so many is a program, and one
/// look at what it writes is enough.
const MAX_STOPS: usize = 500;
/// The tokens that a reader keeps to go back to.
const MAX_STEPS: usize = 4096;

/// How often a text is read again with its certain repairs.
const MAX_READINGS: usize = 6;

/// The slips of a text that is not JSON, as they were found: each but a few behind those before it.
///
/// A repair may be in doubt only because another error is near. If that one's repair is certain, it is made first, and
/// what is left is read again: so a repair is as certain as it is when the certain ones are made.
pub(crate) fn find(text: &str, start: usize, vocabulary: &dyn Vocabulary) -> Vec<Slip> {
    let again = |slips: &[Slip], is_made: fn(&Slip) -> bool| {
        let is_cut_short = |slip: &Slip| slip.kind == SyntaxErrorKind::TooManyErrors;
        if !slips.iter().any(is_made)
            || !slips.iter().any(|slip| slip.is_guess() && !is_made(slip))
            || slips.iter().any(is_cut_short)
        {
            return None;
        }
        let mut made: Vec<Slip> = slips.iter().filter(|slip| is_made(slip)).cloned().collect();
        let mut edits: Vec<&Edit> = made.iter().flat_map(|slip| &slip.edits).collect();
        sort_by_key(&mut edits, |edit| (edit.span.start, edit.span.end));
        let (repaired, map) = apply(text, 0, text.len(), edits.into_iter());
        let left = read(&repaired, start, vocabulary);
        let mut edits = left.iter().flat_map(|slip| &slip.edits);
        if edits.any(|edit| map.is_written(edit.span)) {
            return None;
        }
        made.extend(left.into_iter().map(|slip| slip.original(&map)));
        Some(made)
    };
    let mut slips = read(text, start, vocabulary);
    for _ in 0..MAX_READINGS {
        match again(&slips, Slip::is_certain) {
            Some(better) => slips = better,
            None => break,
        }
    }
    // Errors that are close to one another doubt one another, unless all are certain in the end.
    let mut all = slips.clone();
    for _ in 0..MAX_READINGS {
        match again(&all, Slip::is_certain_alone) {
            Some(better) => all = better,
            None => break,
        }
    }
    if all.iter().any(|slip| slip.is_near_guess)
        && !all
            .iter()
            .any(|slip| slip.is_guess() && !slip.is_near_guess)
    {
        for slip in all.iter_mut().filter(|slip| slip.is_near_guess) {
            slip.certainty = Certainty::Certain;
        }
        slips = all;
    }
    slips
}

/// The slips of a text, each judged by the text as it is.
fn read(text: &str, start: usize, vocabulary: &dyn Vocabulary) -> Vec<Slip> {
    let reader = Reader::new(vocabulary, start);
    let budget = BUDGET + text.len() / 8;
    let mut search = Search::new(Lexer::new(text, true), text, reader, start, budget);
    search.run();
    let mut slips = search.slips;
    join_braces(text, &mut slips);
    doubt::settle(text, &mut slips);
    doubt::separate(text, &mut slips);
    slips
}

/// Makes one slip of the braces that a text of members lacks at both of its ends.
fn join_braces(text: &str, slips: &mut Vec<Slip>) {
    let is_edit = |slip: &Slip, at: usize, brace: &str| match &slip.edits[..] {
        [edit] => edit.span == Span::of(at, at) && edit.text == brace,
        _ => false,
    };
    let start = text.len() - text.trim_start().len();
    let end = trim_end(text).len();
    if let [first, .., last] = &mut slips[..]
        && is_edit(first, start, "{")
        && is_edit(last, end, "}")
    {
        first.edits.append(&mut last.edits);
        first.certainty = first.certainty.min(Certainty::Likely);
        slips.pop();
    }
}

struct Search<'t, 'v> {
    text: &'t str,
    lexer: Lexer<'t>,
    reader: Reader<'v>,
    /// The last tokens, back to the last repair.
    steps: Vec<Step>,
    /// Those that looked unlike what was expected.
    sites: Vec<usize>,
    slips: Vec<Slip>,
    /// What is before is repaired already.
    floor: usize,
    /// How many of the slips are behind the floor.
    settled: usize,
    /// Whether one of them is not certain.
    has_guessed: bool,
    /// How many tokens may still be read to judge candidates.
    budget: usize,
}

impl Sink for Vec<Slip> {
    fn slip(
        &mut self,
        kind: SyntaxErrorKind,
        start: usize,
        end: usize,
        is_invalid: bool,
        edits: impl FnOnce() -> Vec<Edit>,
    ) {
        let certainty = match kind {
            SyntaxErrorKind::NotFinite
            | SyntaxErrorKind::NoExponentDigits
            | SyntaxErrorKind::BareWord => Certainty::Unknown,
            SyntaxErrorKind::Comment
            | SyntaxErrorKind::LeadingZero
            | SyntaxErrorKind::PlusSign
            | SyntaxErrorKind::StrayEscape
            | SyntaxErrorKind::InvalidEscape
            | SyntaxErrorKind::InvalidUnicodeEscape => Certainty::Likely,
            _ => Certainty::Certain,
        };
        if self.len() > MAX_SYNTAX_ERRORS {
            // The rest of the text is not going to be read.
            return;
        }
        let edits = edits();
        let is_apostrophe = edits
            .iter()
            .all(|edit| edit.text == "'" && edit.span.end - edit.span.start == 2);
        let certainty = if is_apostrophe {
            Certainty::Certain
        } else {
            certainty
        };
        self.push(Slip {
            kind,
            span: Span::of(start, end),
            related: None,
            edits,
            certainty,
            other: None,
            is_invalid,
            is_stop: false,
            is_near_guess: false,
        });
    }
}

/// Counts what is not JSON.
struct Count(u32);

impl Sink for Count {
    fn slip(
        &mut self,
        _: SyntaxErrorKind,
        _: usize,
        _: usize,
        _: bool,
        _: impl FnOnce() -> Vec<Edit>,
    ) {
        self.0 += 1;
    }
}

/// What a candidate comes to.
#[derive(Debug, Clone, Copy)]
struct Score {
    total: u32,
    /// Whether everything that was looked at is as it should be.
    is_clean: bool,
    /// The price of the next stop; 0 if there is none.
    stop: u32,
}

/// The best candidate for a stop.
struct Best {
    /// Its number.
    candidate: usize,
    is_certain: bool,
    /// The number of another one that is as good.
    tied: Option<usize>,
    /// Whether reading stops again soon.
    is_stopped: bool,
}

impl<'t, 'v> Search<'t, 'v> {
    /// A search in a text from a reader's position on; nothing before the floor is edited.
    fn new(
        lexer: Lexer<'t>,
        text: &'t str,
        reader: Reader<'v>,
        floor: usize,
        budget: usize,
    ) -> Self {
        Self {
            text,
            lexer,
            reader,
            steps: Vec::new(),
            sites: Vec::new(),
            slips: Vec::new(),
            floor,
            settled: 0,
            has_guessed: false,
            budget,
        }
    }

    fn run(&mut self) {
        let mut last = None;
        let mut tries = 0;
        let mut stops = 0;
        while let Some(lexeme) = self.read_on() {
            stops += 1;
            if self.slips.len() >= MAX_SYNTAX_ERRORS || stops > MAX_STOPS {
                self.give_up(lexeme);
                return;
            }
            // Each repair gets behind its stop; if one does not, the token goes, and then the rest.
            tries = if last.is_some_and(|last| lexeme.start <= last) {
                tries + 1
            } else {
                0
            };
            last = Some(lexeme.start);
            if tries > 2 || !self.repair(lexeme, tries > 0) {
                return;
            }
        }
    }

    /// Reads a token, if it fits.
    fn read(&mut self, before: Checkpoint, lexeme: Lexeme) -> bool {
        let raw = &self.text[lexeme.start..lexeme.end];
        if !self.reader.read(lexeme, raw, lexeme.start) {
            return false;
        }
        self.note_trailing_comma(before, lexeme);
        if self.steps.len() == MAX_STEPS {
            let half = MAX_STEPS / 2;
            self.steps.drain(..half);
            self.sites.retain(|site| *site >= half);
            self.sites.iter_mut().for_each(|site| *site -= half);
        }
        if self.reader.at.penalty > before.penalty {
            if self.sites.len() == MAX_SITES {
                self.sites.remove(0);
            }
            self.sites.push(self.steps.len());
        }
        self.steps.push(Step { before, lexeme });
        true
    }

    /// Notes the comma before a closer, which is one too many.
    fn note_trailing_comma(&mut self, before: Checkpoint, lexeme: Lexeme) {
        let is_closer = matches!(lexeme.token, Token::Punctuation(b'}' | b']'));
        if !is_closer || !matches!(before.state, State::Name | State::Element) {
            return;
        }
        let comma = before.comma;
        self.slips.push(Slip {
            kind: SyntaxErrorKind::TrailingComma,
            span: Span::of(comma, comma + 1),
            related: None,
            edits: vec![Edit::new(comma, comma + 1, "")],
            certainty: Certainty::Certain,
            other: None,
            is_invalid: false,
            is_stop: false,
            is_near_guess: false,
        });
    }

    /// Repairs the text where a token does not fit. False if nothing is left to read.
    fn repair(&mut self, lexeme: Lexeme, is_last_resort: bool) -> bool {
        let is_root = self.reader.at.is_root();
        let is_markup = is_root && self.text[lexeme.start..].starts_with('<');
        let candidates = if is_last_resort || is_markup {
            Vec::new()
        } else {
            self.candidates(lexeme)
        };
        let mut left = self.budget_of_stop();
        let spent = left;
        let best = self.best(&candidates, lexeme.start, &mut left);
        self.budget = self.budget.saturating_sub(spent - left);
        let (winner, is_certain, other) = match best {
            // A text that does not even begin like JSON is none.
            Some(best) if !is_root || lexeme.token == Token::End || !best.is_stopped => {
                let other = best.tied.map(|tied| Reading {
                    kind: candidates[tied].kind,
                    edits: candidates[tied].edits.clone(),
                });
                (candidates[best.candidate].clone(), best.is_certain, other)
            }
            _ => (self.last_resort(lexeme), false, None),
        };
        self.commit(winner, is_certain, other);
        self.reader.at.state != State::AfterRoot || self.reader.at.position < self.text.len()
    }

    /// How many tokens may be read for the next stop: the first stops of a text get the most.
    fn budget_of_stop(&self) -> usize {
        (self.budget / 8).clamp(MIN_BUDGET_PER_STOP, BUDGET_PER_STOP)
    }

    /// What may repair the text where a token does not fit, the cheapest first.
    fn candidates(&self, lexeme: Lexeme) -> Vec<Candidate> {
        let nearest = lexeme.start.saturating_sub(WINDOW_BYTES);
        let is_short = self.budget_of_stop() == MIN_BUDGET_PER_STOP;
        let size = if is_short { SMALL_WINDOW } else { WINDOW };
        let steps = self.steps.iter().rev().take(size);
        let window = steps
            .take_while(|step| step.lexeme.start >= nearest)
            .count();
        let oldest = lexeme.start.saturating_sub(SITE_BYTES);
        let is_near = |site: &&usize| self.steps[**site].lexeme.start >= oldest;
        let sites: Vec<usize> = self.sites.iter().filter(is_near).copied().collect();
        let stop = Stop {
            text: self.text,
            lexeme,
            at: self.reader.at,
            steps: &self.steps,
            sites: &sites,
            window,
            is_text_expected: self.reader.expects_text(),
        };
        let mut candidates = stop.candidates();
        candidates.extend(self.complete(lexeme));
        candidates.extend(self.next_text(lexeme));
        for candidate in &mut candidates {
            // What is missing at the end may be more than a bracket.
            let is_guess = lexeme.token == Token::End
                || matches!(
                    candidate.kind,
                    SyntaxErrorKind::WrongBracket | SyntaxErrorKind::TextAfterValue
                );
            if is_guess {
                candidate.certainty = candidate.certainty.min(Certainty::Likely);
            }
        }
        if self.reader.at.state == State::AfterRoot && !self.is_one_character(lexeme) {
            let is_rest = |candidate: &Candidate| candidate.kind == SyntaxErrorKind::TextAfterValue;
            candidates.retain(is_rest);
        }
        sort_by_key(&mut candidates, |candidate| candidate.cost);
        candidates.retain(|candidate| candidate.from.position >= self.floor);
        candidates
    }

    /// Whether a token is a closer or a single character that is no token.
    fn is_one_character(&self, lexeme: Lexeme) -> bool {
        let rest = self.text.get(lexeme.start..).unwrap_or_default().trim_end();
        match lexeme.token {
            Token::Punctuation(byte) => !matches!(byte, b'{' | b'['),
            Token::Unknown => rest.chars().nth(1).is_none() && !rest.contains('\0'),
            _ => false,
        }
    }

    /// The best candidate, and whether it is certain.
    fn best(&mut self, candidates: &[Candidate], stop: usize, left: &mut usize) -> Option<Best> {
        let mut scores = self.scores(candidates, stop, left);
        let is_short = self.budget_of_stop() == MIN_BUDGET_PER_STOP;
        if !is_short && scores.first().is_some_and(|(score, _)| !score.is_clean) {
            // Another slip is near. What is best for both is best.
            scores.truncate(MAX_FOLLOWED);
            for (score, at) in &mut scores {
                if score.stop > 0 {
                    *score = self.follow(&candidates[*at], stop, *score, left);
                }
            }
            sort_by_key(&mut scores, |(score, at)| (score.total, *at));
        }
        let (score, best) = *scores.first()?;
        let others = scores[1..].iter();
        let mut others =
            others.filter(|(_, at)| !agree(self.text, &candidates[best], &candidates[*at]));
        let next = others.next();
        let is_apart = next.is_none_or(|(other, _)| other.total >= score.total + CERTAIN_MARGIN);
        let tied = next.filter(|(other, _)| other.total == score.total);
        // A bracket that is missing in a container that should be none may be one too many before.
        let winner = &candidates[best];
        let is_doubtful = writes_bracket(winner) && (winner.from.is_doubtful || self.has_guessed);
        Some(Best {
            candidate: best,
            is_certain: score.is_clean && *left > 0 && is_apart && !is_doubtful,
            tied: tied.map(|(_, at)| *at),
            is_stopped: score.stop > 0,
        })
    }

    /// The candidates that are not much worse than the best, the best first.
    fn scores(
        &mut self,
        candidates: &[Candidate],
        stop: usize,
        left: &mut usize,
    ) -> Vec<(Score, usize)> {
        let mut scores: Vec<(Score, usize)> = Vec::new();
        let mut limit = u32::MAX;
        for (at, candidate) in candidates.iter().enumerate() {
            if candidate.cost > limit || *left == 0 {
                break;
            }
            if let Some(score) = self.judge(candidate, stop, limit, left) {
                let margin = if score.is_clean {
                    CERTAIN_MARGIN
                } else {
                    2 * CERTAIN_MARGIN
                };
                limit = limit.min(score.total.saturating_add(margin));
                scores.push((score, at));
            }
        }
        scores.retain(|(score, _)| score.total <= limit);
        sort_by_key(&mut scores, |(score, at)| (score.total, *at));
        scores
    }

    /// The score of a candidate with the best repair of the next stop.
    fn follow(
        &mut self,
        candidate: &Candidate,
        stop: usize,
        score: Score,
        left: &mut usize,
    ) -> Score {
        let part = Part::new(self.text, self.lexer.is_whole(), candidate, stop);
        let reader = self.reader.fork(candidate.from.moved_to(part.start));
        let mut next = Search::new(part.lexer(), &part.text, reader, part.edited, self.budget);
        next.has_guessed = self.has_guessed;
        let Some(lexeme) = next.read_on() else {
            return score;
        };
        let candidates = next.candidates(lexeme);
        let scores = next.scores(&candidates, lexeme.start, left);
        match scores.first() {
            Some((best, _)) => Score {
                total: score.total.min(candidate.cost + SECOND_EDIT + best.total),
                is_clean: best.is_clean
                    && best.total - best.stop - candidates[scores[0].1].cost
                        == candidate.from.penalty,
                stop: best.stop,
            },
            None => score,
        }
    }

    /// Reads up to the next token that does not fit. None if there is none, or the part ends before it.
    fn read_on(&mut self) -> Option<Lexeme> {
        loop {
            let known = self.slips.len();
            self.reader.at.slips = known;
            let before = self.reader.at;
            let lexeme = self
                .lexer
                .next(before.position, self.reader.expected(), &mut self.slips);
            let foreign = (self.slips.len() - known) as u32;
            if self.slips.len() < MAX_SYNTAX_ERRORS && self.read(before, lexeme) {
                self.reader.at.penalty += FOREIGN * foreign;
                continue;
            }
            let is_end = lexeme.token == Token::End && before.state == State::AfterRoot;
            return (!is_end && lexeme.token != Token::Cut).then_some(lexeme);
        }
    }

    /// Reads on after a candidate's edits. None if it gets no further than the stop, or is worse than
    /// the limit.
    fn judge(
        &mut self,
        candidate: &Candidate,
        stop: usize,
        limit: u32,
        left: &mut usize,
    ) -> Option<Score> {
        let part = Part::new(self.text, self.lexer.is_whole(), candidate, stop);
        let mark = self.reader.mark();
        let kept = self.reader.at;
        let score = self.judge_part(&part, candidate, stop, limit, left);
        self.reader.at = kept;
        self.reader.forget(mark);
        score
    }

    fn judge_part(
        &mut self,
        part: &Part,
        candidate: &Candidate,
        stop: usize,
        limit: u32,
        left: &mut usize,
    ) -> Option<Score> {
        let lexer = part.lexer();
        self.reader.at = candidate.from.moved_to(part.start);
        let mut foreign = Count(0);
        let mut tokens = 0;
        let total = |penalty: u32, foreign: u32| candidate.cost + penalty + FOREIGN * foreign;
        let (stopped, is_read) = loop {
            if *left == 0 {
                return None;
            }
            *left -= 1;
            let at = self.reader.at;
            let lexeme = lexer.next(at.position, self.reader.expected(), &mut foreign);
            if tokens == MAX_TOKENS || lexeme.token == Token::Cut {
                break (0, tokens > 0);
            }
            if lexeme.token == Token::End {
                let open = self.reader.open().take(20).count() as u32;
                let is_complete = at.state == State::AfterRoot;
                break (if is_complete { 0 } else { 18 + 6 * open }, is_complete);
            }
            let raw = &part.text[lexeme.start..lexeme.end];
            if !self.reader.read(lexeme, raw, part.offset(lexeme)) {
                let is_next_text = at.state == State::AfterRoot
                    && lexeme.token == Token::Punctuation(b'{')
                    && candidate.kind == SyntaxErrorKind::Unclosed;
                if is_next_text {
                    break (SECOND_EDIT, true);
                }
                // A deletion gets behind the stop by itself.
                if tokens == 0 && !(deletes(candidate, stop) && lexeme.start >= part.stop) {
                    return None;
                }
                break (34 - (3 * tokens).min(28) as u32, false);
            }
            if total(self.reader.at.penalty, foreign.0) > limit {
                return None;
            }
            if lexeme.end > part.stop {
                tokens += 1;
            }
        };
        if tokens == 0 && !is_read && !deletes(candidate, stop) {
            return None;
        }
        let own = self.reader.at.penalty - candidate.from.penalty;
        let is_far = tokens >= CLEAN_TOKENS && !writes_bracket(candidate);
        let score = Score {
            total: total(self.reader.at.penalty, foreign.0) + stopped,
            is_clean: (stopped == 0 || is_far)
                && (is_about_separators(candidate.kind) || own == 0 && foreign.0 == 0),
            stop: stopped,
        };
        (score.total <= limit).then_some(score)
    }

    /// Ends all containers, and what else is not complete, at the end of the text.
    fn complete(&self, lexeme: Lexeme) -> Option<Candidate> {
        let is_string = lexeme.token == Token::Unknown
            && self.text[lexeme.start..].starts_with('"')
            && !self.text[lexeme.start + 1..].contains('"');
        if lexeme.token != Token::End && !is_string {
            return None;
        }
        Some(self.completion(lexeme, is_string))
    }

    /// Ends all containers before what looks like the next text: an object on a new line.
    fn next_text(&self, lexeme: Lexeme) -> Option<Candidate> {
        let at = self.reader.at;
        let line = self.text[..lexeme.start].trim_end_matches([' ', '\t']);
        let is_next = lexeme.token == Token::Punctuation(b'{')
            && at.state == State::AfterValue
            && line.ends_with(['\n', '\r']);
        if !is_next
            || !self
                .reader
                .is_root_name(next_name(&self.text[lexeme.end..])?)
        {
            return None;
        }
        let mut close = self.completion(lexeme, false);
        close.cost = BETWEEN_TEXTS;
        Some(close)
    }

    fn completion(&self, lexeme: Lexeme, is_string: bool) -> Candidate {
        let at = self.reader.at;
        let end = if is_string {
            trim_end(self.text).len()
        } else {
            at.position
        };
        let mut edits = Vec::new();
        let mut text = String::new();
        let mut is_invalid = false;
        if is_string {
            // The backslash of an escape that was cut off.
            let content = &self.text[lexeme.start + 1..end];
            if (content.len() - content.trim_end_matches('\\').len()) & 1 == 1 {
                text.push('\\');
            }
            text.push('"');
            if at.state.takes_name() {
                text.push_str(":null");
            }
        } else {
            match at.state {
                State::Colon => text.push_str(":null"),
                State::Value => {
                    text.push_str("null");
                    is_invalid = true;
                }
                State::Name | State::Element => {
                    let is_comma = |step: &&Step| step.lexeme.token == Token::Punctuation(b',');
                    if let Some(step) = self.steps.last().filter(is_comma) {
                        let lexeme = step.lexeme;
                        edits.push(Edit::new(lexeme.start, lexeme.end, ""));
                    } else {
                        is_invalid = true;
                        text.push_str(if at.state == State::Name {
                            "\"\":null"
                        } else {
                            "null"
                        });
                    }
                }
                _ => {}
            }
        }
        let is_cut = is_string || !edits.is_empty() || !text.is_empty();
        for frame in self.reader.open() {
            text.push(if frame.is_object { '}' } else { ']' });
        }
        let open = self.reader.open().take(20).count() as u32;
        let kind = match (open, at.state) {
            (0, State::Value) if lexeme.token == Token::End => SyntaxErrorKind::Empty,
            (0, _) => SyntaxErrorKind::MissingQuote,
            _ => SyntaxErrorKind::Unclosed,
        };
        let from = match edits.first() {
            Some(_) => self.steps.last().map_or(at, |step| step.before),
            None => at,
        };
        edits.push(Edit::new(end, end, text));
        Candidate {
            kind,
            start: end,
            end,
            edits,
            cost: 2 * open.min(10) + if is_string { 4 } else { 0 },
            // A text that ends in the middle of a value was cut off.
            certainty: if kind == SyntaxErrorKind::Unclosed && !is_cut {
                Certainty::Likely
            } else {
                Certainty::Unknown
            },
            is_invalid,
            from,
        }
    }

    /// Leaves the rest of a text that has too many errors unread.
    fn give_up(&mut self, lexeme: Lexeme) {
        // The comments and spaces before the token have their slips.
        self.slips
            .retain(|slip| (slip.span.end as usize) <= lexeme.start);
        let end = self.text.len();
        let mut close = self.completion(
            Lexeme {
                token: Token::End,
                start: end,
                end,
            },
            false,
        );
        let noted = self.slips.last().map_or(0, |slip| slip.span.end as usize);
        let from = self.reader.at.position.max(noted);
        if let Some(last) = close.edits.last_mut() {
            last.span = Span::of(from, end);
        }
        self.slips.push(Slip {
            kind: SyntaxErrorKind::TooManyErrors,
            span: Span::of(lexeme.start, lexeme.end),
            related: None,
            edits: close.edits,
            certainty: Certainty::Unknown,
            other: None,
            is_invalid: close.is_invalid,
            is_stop: true,
            is_near_guess: false,
        });
    }

    /// Gets behind a token that no candidate explains.
    fn last_resort(&self, lexeme: Lexeme) -> Candidate {
        let at = self.reader.at;
        let (start, mut end) = (lexeme.start, lexeme.end);
        if lexeme.token == Token::End {
            return self.completion(lexeme, false);
        }
        let is_root = self.reader.open().next().is_none();
        let mut kind = SyntaxErrorKind::UnexpectedCharacter;
        let mut text = "";
        let mut is_invalid = false;
        if is_root {
            end = trim_end(self.text).len().max(end);
            if at.state == State::AfterRoot {
                kind = SyntaxErrorKind::TextAfterValue;
            } else {
                text = "null";
                is_invalid = true;
                if self.text[start..].starts_with(char::is_alphanumeric) {
                    kind = SyntaxErrorKind::BareWord;
                }
            }
        } else if lexeme.token == Token::Unknown && self.text[start..].starts_with('"') {
            // A string that never ends is one up to the end of its line.
            let line = self.text[start..].find(['\n', '\r']);
            end = line.map_or(self.text.len(), |length| start + length);
            kind = SyntaxErrorKind::MissingQuote;
        }
        if !is_root && lexeme.token == Token::Unknown && at.state.takes_value() {
            end = end.max(junk_end(self.text, start));
            text = "null";
            is_invalid = true;
        }
        // The comments and spaces before the token stay as they were read.
        let mut from = at.moved_to(start);
        let is_before = |slip: &&Slip| slip.span.end as usize <= start;
        from.slips += self.slips[at.slips..].iter().take_while(is_before).count();
        let reported = if !(is_root && is_invalid) {
            end
        } else if kind == SyntaxErrorKind::BareWord {
            lexeme.end
        } else {
            junk_end(self.text, start)
        };
        Candidate {
            kind,
            start,
            end: reported,
            edits: vec![Edit::new(start, end, text)],
            cost: 0,
            certainty: Certainty::Unknown,
            is_invalid,
            from,
        }
    }

    /// Takes a candidate: notes it, and reads behind its edits.
    fn commit(&mut self, winner: Candidate, is_certain: bool, other: Option<Reading>) {
        let from = winner.from;
        // What was read since is read again.
        self.slips.truncate(from.slips.max(self.settled));
        let opener = (winner.kind == SyntaxErrorKind::Unclosed)
            .then(|| self.reader.open().next().map(|frame| frame.opener as usize))
            .flatten()
            .filter(|opener| *opener < self.text.len());
        self.steps.clear();
        self.sites.clear();
        let part = Part::new(self.text, self.lexer.is_whole(), &winner, winner.start);
        let lexer = part.lexer();
        self.reader.at = from.moved_to(part.start);
        let mut inner: Vec<Slip> = Vec::new();
        let next = loop {
            let at = self.reader.at;
            let lexeme = lexer.next(at.position, self.reader.expected(), &mut inner);
            // What is in the next token is read again.
            let is_last = lexeme.start >= part.edited || lexeme.token == Token::Cut;
            inner.retain(|slip| !is_last || slip.span.end as usize <= lexeme.start);
            self.slips
                .extend(inner.drain(..).map(|slip| slip.original(&part.map)));
            if is_last {
                break lexeme.start;
            }
            let raw = &part.text[lexeme.start..lexeme.end];
            if !self.reader.read(lexeme, raw, part.offset(lexeme)) {
                break lexeme.start;
            }
            self.note_trailing_comma(at, lexeme);
        };
        let source = part.map.source(next.max(part.edited));
        self.reader.at.position = source;
        self.floor = source;
        let certainty = match &other {
            Some(_) => Certainty::Unknown,
            None if is_certain => winner.certainty,
            None => winner.certainty.min(Certainty::Likely),
        };
        self.slips.push(Slip {
            kind: winner.kind,
            span: Span::of(winner.start, winner.end),
            related: opener.map(|opener| Span::of(opener, opener + 1)),
            edits: winner.edits,
            certainty,
            other,
            is_invalid: winner.is_invalid,
            is_stop: true,
            is_near_guess: false,
        });
        self.settled = self.slips.len();
        self.has_guessed |= certainty != Certainty::Certain;
    }
}

/// The name that an object begins with, behind its brace.
fn next_name(inside: &str) -> Option<&str> {
    let name = trim_start(inside).strip_prefix('"')?;
    name.get(..name.find('"').filter(|length| *length < 64)?)
}

/// Whether a kind of error is about nothing but what is between values: then what looks unusual in the values
/// is so without it.
fn is_about_separators(kind: SyntaxErrorKind) -> bool {
    use SyntaxErrorKind::{
        ControlCharacter, ExtraColon, ExtraComma, ForeignQuotes, MissingColon, MissingComma,
    };
    matches!(
        kind,
        MissingComma | MissingColon | ExtraComma | ExtraColon | ForeignQuotes | ControlCharacter
    )
}

/// Whether a candidate writes a bracket: whether it is the right one is seen at the end of what it opens or closes.
fn writes_bracket(candidate: &Candidate) -> bool {
    let mut edits = candidate.edits.iter();
    edits.any(|edit| edit.text.contains(['{', '}', '[', ']']))
}

/// Whether a candidate does nothing but delete a separator where reading stopped.
fn deletes(candidate: &Candidate, stop: usize) -> bool {
    let is_separator = matches!(
        candidate.kind,
        SyntaxErrorKind::ExtraComma | SyntaxErrorKind::ExtraColon
    );
    is_separator
        && candidate
            .edits
            .iter()
            .all(|edit| edit.span.start as usize == stop)
}

/// Whether two candidates say the same of what was meant: they make the same text, or one of them removes a
/// quote that the other, the better one, escapes.
fn agree(text: &str, better: &Candidate, other: &Candidate) -> bool {
    if let (SyntaxErrorKind::UnescapedQuote, SyntaxErrorKind::ExtraQuote) =
        (better.kind, other.kind)
    {
        let mut removed = other.edits.iter().map(|edit| edit.span);
        let is_escaped = |removed: Span| {
            let mut edits = better.edits.iter().map(|edit| edit.span);
            edits.any(|edit| edit.start <= removed.start && removed.end <= edit.end)
        };
        return removed.all(is_escaped);
    }
    let all = || {
        better
            .edits
            .iter()
            .chain(&other.edits)
            .map(|edit| edit.span.range())
    };
    let first = all().map(|range| range.start).min().unwrap_or(0);
    let last = all().map(|range| range.end).max().unwrap_or(0);
    let made = |edits: &[Edit]| {
        let made = apply(text, first, last, edits.iter()).0;
        made.bytes()
            .filter(|byte| !is_whitespace(*byte))
            .collect::<Vec<_>>()
    };
    last - first < LOOK_AHEAD && made(&better.edits) == made(&other.edits)
}

/// A part of the text with a candidate's edits in it.
struct Part {
    text: String,
    map: EditMap,
    /// Where reading begins.
    start: usize,
    /// Where the stop is now.
    stop: usize,
    /// Where the last edit ends now.
    edited: usize,
    is_whole: bool,
}

/// How many bytes before its beginning a part shows: a comment is judged by what is before it.
const LEAD: usize = 16;

impl Part {
    fn new(text: &str, is_whole: bool, candidate: &Candidate, stop: usize) -> Self {
        let from = candidate.from.position;
        let first = text.floor_char_boundary(from.saturating_sub(LEAD));
        let last_edit = candidate
            .edits
            .last()
            .map_or(stop, |edit| edit.span.end as usize);
        // A long token after the stop is looked at whole.
        let token = junk_end(text, stop).min(stop + LONGEST_TOKEN);
        let token = token.max(string_end(text, stop));
        let last = stop.max(last_edit).max(token).saturating_add(LOOK_AHEAD);
        let last = text.floor_char_boundary(last);
        let (edited_text, map) = apply(text, first, last, candidate.edits.iter());
        let mut shift = 0;
        let mut shift_at_stop = 0;
        for edit in &candidate.edits {
            let change = edit.text.len().cast_signed() - edit.span.range().len().cast_signed();
            shift += change;
            let start = edit.span.start as usize;
            if start < stop || start == stop && edit.span.end == edit.span.start {
                shift_at_stop += change;
            }
        }
        let moved = |at: usize, shift: isize| at.saturating_add_signed(shift).saturating_sub(first);
        Self {
            text: edited_text,
            map,
            start: from - first,
            stop: moved(stop, shift_at_stop),
            edited: moved(last_edit, shift),
            is_whole: is_whole && last == text.len(),
        }
    }

    fn lexer(&self) -> Lexer<'_> {
        Lexer::new(&self.text, self.is_whole)
    }

    /// The offset of a token in the whole text; [`WRITTEN`] for one that an edit writes.
    fn offset(&self, lexeme: Lexeme) -> usize {
        self.map.kept_or(lexeme.start, WRITTEN)
    }
}

/// The end of a string in double quotes that begins at an offset, or the offset.
fn string_end(text: &str, start: usize) -> usize {
    let bytes = &text.as_bytes()[start..];
    if bytes.first() != Some(&b'"') {
        return start;
    }
    let length = memchr::memchr(b'"', &bytes[1..bytes.len().min(LONGEST_TOKEN)]);
    start + length.map_or(0, |length| length + 2)
}
