//! The engine of the schema's patterns: `regex`, and on WebAssembly `regex-lite`, which has the
//! same interface and a tenth of the size.

#[cfg(not(target_arch = "wasm32"))]
pub(super) use regex::Regex;
#[cfg(target_arch = "wasm32")]
pub(super) use regex_lite::Regex;

#[cfg(test)]
mod tests {
    use crate::schema::embedded;

    /// Texts over the characters that matter to times of day, and their neighbours.
    fn texts() -> impl Iterator<Item = String> {
        const CHARACTERS: [char; 14] = [
            '0', '1', '2', '3', '5', '6', '9', ':', ' ', '\n', '/', ';', 'a', '٥',
        ];
        let shapes = [
            "",
            "0",
            "09",
            "09:",
            "09:0",
            "09:00",
            "09:00:",
            "09:00:0",
            "09:00:00",
            "23:59:59",
            "19:30",
            "x09:00",
            "09:00x",
            "09:00:00\n",
            "００:００",
        ];
        shapes.into_iter().flat_map(|shape| {
            let places: Vec<usize> = shape.char_indices().map(|(at, _)| at).collect();
            let changed = places.into_iter().flat_map(move |at| {
                CHARACTERS.into_iter().map(move |character| {
                    let rest = shape[at..].chars().next().map_or(0, char::len_utf8);
                    format!("{}{character}{}", &shape[..at], &shape[at + rest..])
                })
            });
            std::iter::once(shape.to_owned()).chain(changed)
        })
    }

    #[test]
    fn both_engines_agree_on_the_patterns_of_the_schema() {
        let patterns = &embedded().patterns;
        assert!(!patterns.is_empty());
        let (mut matched, mut refused) = (0, 0);
        for pattern in patterns {
            let lite = regex_lite::Regex::new(pattern.regex.as_str()).expect("compiles");
            for text in texts() {
                let wanted = pattern.regex.is_match(&text);
                assert_eq!(lite.is_match(&text), wanted, "{text:?} {}", pattern.source);
                *(if wanted { &mut matched } else { &mut refused }) += 1;
            }
        }
        assert!(matched > 50 && refused > 50, "{matched} and {refused}");
    }
}
