//! Tables that turn into lists on a narrow screen without losing their meaning to screen readers, and
//! the links between their pages.

use maud::{Markup, html};

/// The heading of a column.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Column<'a>(pub(in crate::web) &'a str);

/// A table with a caption. The first cell of each row is its heading. Roles are said once more, since
/// browsers drop a table's meaning when a narrow screen shows it as blocks.
pub(in crate::web) fn table(
    caption: &Markup,
    columns: &[Column<'_>],
    rows: impl Iterator<Item = Vec<Markup>>,
) -> Markup {
    html! {
        table role="table" {
            caption { (caption) }
            thead role="rowgroup" {
                tr role="row" { @for column in columns { th scope="col" role="columnheader" { (column.0) } } }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        @for (at, cell) in row.into_iter().enumerate() {
                            @if at == 0 { th scope="row" role="rowheader" { (cell) } }
                            @else { td role="cell" { (cell) } }
                        }
                    }
                }
            }
        }
    }
}

/// Links to the page before and the page after; `path` gets `page=N` appended.
pub(in crate::web) fn pager(path: &str, page: usize, pages: usize) -> Markup {
    let to = |page: usize| {
        let sign = if path.contains('?') { '&' } else { '?' };
        format!("{path}{sign}page={page}")
    };
    html! {
        @if pages > 1 {
            nav.pager aria-label="Pages" {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { "Earlier page" } }
                span.quiet { "Page " (page) " of " (pages) }
                @if page < pages { a rel="next" href=(to(page + 1)) { "Next page" } }
            }
        }
    }
}
