//! The README shows what the command really prints.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Before each block of output stands the command, in a comment.
const MARK: &str = "<!-- seamlint ";

fn output_of(arguments: &str, root: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_seamlint"))
        .args(arguments.split(' '))
        .current_dir(root)
        .output()
        .expect("the command runs");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn output_in_the_readme_is_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("README.md");
    let readme = fs::read_to_string(&path).expect("there is one");
    let mut renewed = String::new();
    let mut rest = readme.as_str();
    let mut blocks = 0;
    while let Some(at) = rest.find(MARK) {
        let (before, marked) = rest.split_at(at);
        let (arguments, behind) = marked[MARK.len()..].split_once(" -->").expect("ends");
        let (_, behind) = behind.split_once("```text\n").expect("a block follows");
        let (_, behind) = behind.split_once("```\n").expect("the block ends");
        renewed.push_str(before);
        let output = output_of(arguments, root);
        let output = output.trim_end();
        renewed.extend([MARK, arguments, " -->\n```text\n", output, "\n```\n"]);
        rest = behind;
        blocks += 1;
    }
    renewed.push_str(rest);
    assert!(blocks > 0, "the README shows no output");
    if std::env::var_os("SEAMLINT_WRITE").is_some() {
        fs::write(&path, renewed).expect("the repository can be written to");
    } else {
        assert!(
            readme == renewed,
            "README.md is stale: run `cargo xtask docs`"
        );
    }
}
