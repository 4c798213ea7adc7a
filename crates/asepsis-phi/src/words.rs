//! Cuts text into words: runs of letters and digits, with what stands before each.

/// One run of letters and digits, of any script, so that no match begins or ends inside a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    /// The run.
    pub(crate) text: &'a str,
    /// What stands between it and the word before.
    pub(crate) before: &'a str,
}

impl Word<'_> {
    /// Whether it has ASCII digits only.
    pub(crate) fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether it is this many ASCII digits.
    pub(crate) fn is_digits(&self, count: usize) -> bool {
        self.text.len() == count && self.is_number()
    }

    /// Its value, if it is a number of at most four digits.
    pub(crate) fn small(&self) -> Option<u32> {
        let fits = self.text.len() <= 4 && self.is_number();
        fits.then(|| self.text.parse().ok()).flatten()
    }

    /// Whether it is one of these words, in any case.
    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    /// Whether it is joined to the word before by one hyphen. Word processors put others than
    /// the one on the keyboard.
    pub(crate) fn is_hyphenated(&self) -> bool {
        matches!(self.before, "-" | "\u{2010}" | "\u{2011}" | "\u{2013}")
    }

    /// Whether little stands between it and the word before: at most six bytes, and none of the
    /// marks that end a thought. A period and a line break do not count as such: abbreviations have
    /// the one and forms the other.
    pub(crate) fn is_near(&self) -> bool {
        self.before.len() <= 6 && !self.before.contains([';', '!', '?'])
    }
}

/// All words of a text, in their order.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
        let (text, after) = from.split_at_checked(end).unwrap_or((from, ""));
        words.push(Word { text, before });
        rest = after;
    }
    words
}

/// What begins at each word.
pub(crate) fn tails<'a, 'b>(words: &'a [Word<'b>]) -> impl Iterator<Item = &'a [Word<'b>]> {
    (0..words.len()).filter_map(|at| words.get(at..))
}

/// Without the small words that may stand between a name and its number: "MRN no. is …".
pub(crate) fn past_fillers<'a, 'b>(words: &'a [Word<'b>], fillers: &[&str]) -> &'a [Word<'b>] {
    let filler = |word: &Word<'_>| word.is_near() && word.is_any(fillers);
    match words {
        [a, b, rest @ ..] if filler(a) && filler(b) => rest,
        [a, rest @ ..] if filler(a) => rest,
        all => all,
    }
}
